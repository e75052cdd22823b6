"""Each check of what a thing's URI leads to notices the defect that it is for.

Each check of the IRIs in a document notices the defect that it is for.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.doctor.conftest import Answer, Defect, Request, at, examined


def _chain(request: Request, answer: Answer) -> Answer:
    """Lead from each document to itself with a slash less."""
    if request.path.startswith("/id/") and not request.query:
        return answer.having(Location=f"{quote(request.path)}?again=1")
    return answer


def _alive(request: Request, answer: Answer) -> Answer:
    return answer.being(200) if answer.status == 404 else answer


def _failing(request: Request, answer: Answer) -> Answer:
    return answer.being(500) if answer.status == 404 else answer


def _whole(answer: Answer) -> Answer:
    """Answer a thing's own URI with its description."""
    return answer.having(Location=None, Content_Type="text/turtle").being(200, b"<a> a <b> .")


DEFECTS = [
    Defect("url-answers", "failure", answer=at("/", lambda a: a.being(500))),
    Defect("thing-redirect", "warning", answer=at("/id/", _whole), name="200"),
    Defect("thing-redirect", "warning", answer=at("/id/", lambda a: a.being(302)), name="302"),
    Defect("thing-redirect", "failure", answer=at("/id/", lambda a: a.being(404)), name="404"),
    Defect(
        "thing-redirect", "failure", name="loop",
        answer=at("/doc/", lambda a: a.having(Location="/id/alpha").being(303)),
    ),
    Defect("thing-redirect", "warning", answer=_chain, name="two"),
    Defect("redirect-location", "failure", name="encoding",
           answer=at("/id/", lambda a: a.having(Location="/doc/%25E6%259C%25AD"))),
    Defect("redirect-location", "failure", name="useless",
           answer=at("/id/", lambda a: a.having(Location="http://[bad/"))),
    Defect("redirect-location", "warning", name="host",
           answer=at("/id/", lambda a: a.having(Location="http://elsewhere.example/alpha"))),
    Defect("redirect-location", "warning", name="scheme",
           answer=at("/id/", lambda a: a.having(Location="https://127.0.0.1:1/alpha"))),
    Defect("document-answers", "failure", answer=at("/doc/", lambda a: a.being(503))),
    Defect("document-describes", "failure",
           content=at("/doc/", lambda a: a.saying("/id/", "/ID/"))),
    Defect("document-topic", "warning",
           content=at("/doc/", lambda a: a.saying("primaryTopic", "topic"))),
    Defect("document-dataset", "warning",
           content=at("/doc/", lambda a: a.saying("inDataset", "in").having(Link=None))),
    Defect("unknown-thing", "failure", answer=_alive, name="200"),
    Defect("unknown-thing", "failure", answer=_failing, name="500"),
]  # fmt: skip


def test_the_evidence_is_request_and_header() -> None:
    found = examined("thing-redirect", answer=at("/id/", lambda a: a.being(302)))
    assert any(
        line.endswith("/id/alpha (Accept: text/turtle) → 302; Location: /doc/alpha")
        for line in found.result.evidence
    )


def test_without_a_thing_nothing_is_failed() -> None:
    found = examined(
        "thing-redirect",
        content=at("/", lambda a: a.having(Content_Type="text/html").being(200, b"<p>hello")),
    )
    assert found.outcome == "not-applicable"
    assert "void:exampleResource" in found.result.what.en


# -- Each check of the IRIs in a document notices the defect that it is for -----------------------


def _twice_encoded(request: Request, answer: Answer) -> Answer:
    return answer.being(404) if request.path == "/id/札幌" else answer


def _https(answer: Answer) -> Answer:
    """Write all IRIs of the site with https."""
    return answer.saying("http://127.0.0.1", "https://127.0.0.1")


def _mixed(answer: Answer) -> Answer:
    """Write the IRIs of neighbours with https."""
    port = answer.body.partition(b"http://127.0.0.1:")[2].partition(b"/")[0].decode()
    here = f"http://127.0.0.1:{port}/id/beta"
    return answer.saying(here, here.replace("http", "https"))


DEFECTS += [
    Defect("neighbours-answer", "failure", answer=at("/id/beta", lambda a: a.being(404))),
    Defect("iri-encoding", "failure", answer=_twice_encoded),
    Defect("iri-encoding", "failure", name="other-form",
           content=at("/doc/札幌", lambda a: a.saying("/id/札幌", "/id/%E6%9C%AD%E5%B9%8C"))),
    Defect("one-origin", "failure", content=at("/doc/", _mixed), name="mixed"),
    Defect("one-origin", "warning", content=at("/doc/", _https), name="https"),
    Defect("terms-resolve", "failure", answer=at("/def", lambda a: a.being(404))),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result
    assert found.result.what.ja != found.result.what.en


def test_an_iri_with_japanese_characters_is_looked_up_in_its_own_form() -> None:
    found = examined("iri-encoding")
    assert found.outcome == "ok"
    assert any(line.endswith("/id/札幌>") for line in found.result.evidence)


def test_neighbours_on_other_hosts_are_not_asked() -> None:
    foreign = "http://elsewhere.example/id/beta"
    found = examined("neighbours-answer", at("/doc/", lambda a: a.saying("primaryTopic", "p")))
    assert foreign not in "".join(found.result.evidence)
    assert found.outcome == "ok"

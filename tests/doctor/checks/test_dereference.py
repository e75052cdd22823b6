"""Each check of what a thing's URI leads to notices the defect that it is for."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.support.strangers import Answer, Defect, Request, at, examined


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


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result
    assert found.result.what.ja != found.result.what.en


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

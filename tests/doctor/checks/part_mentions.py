"""Each check of the IRIs in a document notices the defect that it is for."""

from __future__ import annotations

import pytest

from tests.support.strangers import Answer, Defect, Request, at, examined


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


DEFECTS = [
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


def test_an_iri_with_japanese_characters_is_looked_up_in_its_own_form() -> None:
    found = examined("iri-encoding")
    assert found.outcome == "ok"
    assert any(line.endswith("/id/札幌>") for line in found.result.evidence)


def test_neighbours_on_other_hosts_are_not_asked() -> None:
    foreign = "http://elsewhere.example/id/beta"
    found = examined("neighbours-answer", at("/doc/", lambda a: a.saying("primaryTopic", "p")))
    assert foreign not in "".join(found.result.evidence)
    assert found.outcome == "ok"

"""Each check of VoID, and of whether there is a catalogue, notices the defect that it is for."""

from __future__ import annotations

import pytest

from tests.support.strangers import Defect, at, examined

DEFECTS = [
    Defect("void-well-known", "warning", answer=at("/.well-known", lambda a: a.being(404))),
    Defect("void-useful", "warning", content=at("/void", lambda a: a.saying("uriSpace", "space"))),
    Defect("void-figures", "failure", name="triples", content=at("/dump/", lambda a: (
        a.being(200, a.body + b"<http://a/> <http://a/> <http://a/> .\n")))),
    Defect("void-figures", "failure", name="partition", content=at("/void", lambda a: (
        a.saying("entities> 3", "entities> 4")))),
    Defect("catalog-found", "failure", answer=at("/catalog", lambda a: a.being(404))),
    Defect("catalog-found", "warning", name="no-catalogue",
           content=at("/catalog", lambda a: a.saying("dcat#Catalog>", "dcat#Katalog>"))),
    Defect("catalog-light", "failure", answer=at("/catalog", lambda a: a.being(405), "HEAD")),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result


def test_a_wrong_figure_is_told_with_the_right_one() -> None:
    found = examined("void-figures", at("/void", lambda a: a.saying("entities> 3", "entities> 4")))
    (line,) = found.result.evidence
    assert line.startswith("void:entities <http://127.0.0.1:")
    assert "VoID 4" in line and line.endswith(" 3")


@pytest.mark.parametrize("check", ["void-figures", "void-useful"])
def test_without_void_nothing_is_said_of_its_figures(check: str) -> None:
    found = examined(check, answer=at("/void", lambda a: a.being(404)))
    assert found.outcome == "not-applicable"

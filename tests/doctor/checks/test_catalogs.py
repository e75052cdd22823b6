"""Each check of what a catalogue says notices the defect that it is for.

Each check of VoID, and of whether there is a catalogue, notices the defect that it is for.
"""

from __future__ import annotations

import pytest

from tests.doctor.conftest import Answer, Defect, Request, at, examined


def _blank(request: Request, answer: Answer) -> Answer:
    """Take the IRI from the first distribution."""
    if not request.path.startswith("/catalog"):
        return answer
    iri = b"<" + answer.body.partition(b"<http")[2].partition(b">")[0] + b">"
    base = answer.body.partition(b"http://127.0.0.1")[2].partition(b"/")[0].decode()
    assert iri
    return answer.saying(f"<http://127.0.0.1{base}/catalog#all-nt>", "_:file")


def _blank_agent(request: Request, answer: Answer) -> Answer:
    base = answer.body.partition(b"http://127.0.0.1")[2].partition(b"/")[0].decode()
    return answer.saying(f"<http://127.0.0.1{base}/me>", "_:me")


DEFECTS = [
    Defect("catalog-mandatory", "failure",
           content=at("/catalog", lambda a: a.saying("dcat#accessURL", "dcat#url"))),
    Defect("catalog-recommended", "warning",
           content=at("/catalog", lambda a: a.saying("dcat#keyword", "dcat#word"))),
    Defect("catalog-named", "failure", content=_blank),
    Defect("catalog-named", "warning", content=_blank_agent),
    Defect("licence", "failure", name="none",
           content=at("/catalog", lambda a: a.saying("terms/license", "terms/rights"))),
    Defect("licence", "failure", name="text", content=at("/catalog", lambda a: (
        a.saying("<https://creativecommons.org/licenses/by/4.0/>", '"CC BY"')))),
    Defect("identifiers", "warning",
           content=at("/catalog", lambda a: a.saying("terms/identifier", "terms/id"))),
    Defect("dates", "failure", name="order",
           content=at("/catalog", lambda a: a.saying("2026-01-01", "2026-03-01"))),
    Defect("dates", "failure", name="form",
           content=at("/catalog", lambda a: a.saying('"2026-02-01"', '"令和8年2月1日"'))),
    Defect("dates", "warning", content=at("/catalog", lambda a: (
        a.saying("terms/issued", "terms/i").saying("terms/modified", "terms/m")))),
]  # fmt: skip


def test_what_is_missing_is_named_with_its_class_and_things() -> None:
    found = examined(
        "catalog-mandatory", at("/catalog", lambda a: a.saying("spdx.org/rdf/terms#algo", "x.org/"))
    )
    (line,) = found.result.evidence
    assert line.startswith("spdx:Checksum: spdx:algorithm (DCAT-AP 3.0, spdx:Checksum): <http")
    assert line.endswith("+3")


# -- Each check of VoID, and of whether there is a catalogue, notices the defect that it is for

DEFECTS += [
    Defect("void-well-known", "warning", answer=at("/.well-known", lambda a: a.being(404))),
    Defect("void-useful", "warning", content=at("/void", lambda a: a.saying("uriSpace", "space"))),
    Defect("void-figures", "failure", name="triples", content=at("/dump/", lambda a: (
        a.being(200, b"<http://a/> <http://a/> <http://a/> .\n")))),
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

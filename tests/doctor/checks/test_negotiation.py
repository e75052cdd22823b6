"""Each check of formats and their choice notices the defect that it is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.doctor.conftest import Answer, Change, Defect, Request, at, examined


def _only_html(request: Request, answer: Answer) -> Answer:
    """Send a page whatever is asked for."""
    page = answer.having(Content_Type="text/html; charset=utf-8").being(200, b"<p>page</p>")
    return page if request.path.startswith("/doc/") else answer


def _of_type(type_: str, change: Callable[[Answer], Answer]) -> Change:
    def changed(request: Request, answer: Answer) -> Answer:
        fits = answer.headers.get("Content-Type", "").startswith(type_)
        return change(answer) if fits and request.path.startswith("/doc/") else answer

    return changed


def _no_jsonld(request: Request, answer: Answer) -> Answer:
    return answer.being(406) if request.accept == "application/ld+json" else answer


def _another_type_at_its_own_url(request: Request, answer: Answer) -> Answer:
    return answer.having(Content_Type="text/html") if ".ttl" in request.path else answer


def _never_406(request: Request, answer: Answer) -> Answer:
    return answer.being(200, b"whatever") if answer.status == 406 else answer


def _strict(request: Request, answer: Answer) -> Answer:
    asked = request.path.startswith("/doc/") and "abc" in request.accept
    return answer.being(400) if asked else answer


def _rdf_for_browsers(request: Request, answer: Answer) -> Answer:
    browser = request.path.startswith("/doc/") and "image/avif" in request.accept
    return answer.having(Content_Type="text/turtle") if browser else answer


TURTLE, XML = "text/turtle", "application/rdf+xml"
DEFECTS = [
    Defect("formats-negotiated", "failure", answer=_only_html, name="html"),
    Defect("formats-negotiated", "warning", answer=_no_jsonld, name="no-jsonld"),
    Defect("formats-labelled", "failure", name="charset",
           answer=_of_type(TURTLE, lambda a: a.having(Content_Type="text/turtle; charset=sjis"))),
    Defect("formats-labelled", "failure", name="bytes",
           answer=_of_type(TURTLE, lambda a: a.being(200, "あ".encode("cp932")))),
    Defect("formats-labelled", "warning", name="alias",
           answer=_of_type("application/n-triples", lambda a: a.having(Content_Type="text/plain"))),
    Defect("formats-labelled", "warning", name="no-charset",
           answer=_of_type("text/html", lambda a: a.having(Content_Type="text/html"))),
    Defect("formats-parse", "failure", content=_of_type(XML, lambda a: a.saying("</", "<"))),
    Defect("formats-agree", "failure", content=_of_type(XML, lambda a: a.saying("alpha", "Alpha"))),
    Defect("variant-addresses", "warning",
           answer=at("/doc/", lambda a: a.having(Content_Location=None, Link=None))),
    Defect("variant-addresses", "failure", answer=_another_type_at_its_own_url),
    Defect("not-acceptable", "warning", answer=_never_406, name="200"),
    Defect("not-acceptable", "warning", name="no-list", answer=lambda q, a: (
        a.being(406, b"no") if a.status == 406 else a)),
    Defect("not-acceptable", "failure", name="500", answer=lambda q, a: (
        a.being(500) if a.status == 406 else a)),
    Defect("lenient-accept", "failure", answer=_strict),
    Defect("browsers-get-pages", "warning", answer=_rdf_for_browsers),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result


def test_a_difference_between_formats_is_shown_as_triples() -> None:
    found = examined("formats-agree", _of_type(XML, lambda a: a.saying("alpha<", "Alpha<")))
    assert any(line.startswith("rdf: ") and '"Alpha"' in line for line in found.result.evidence)
    assert any(line.startswith("ttl: ") and '"alpha"' in line for line in found.result.evidence)


def test_blank_nodes_do_not_make_formats_differ() -> None:
    # beta has one; it is first when the examples of VoID are turned around
    found = examined("formats-agree", at("/void", lambda a: a.saying("id/alpha", "id/beta")))
    assert found.outcome == "ok", found.result

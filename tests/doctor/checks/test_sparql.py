"""Each check of how an endpoint is asked, and of its answers, notices the defect that it is for.

Each check of what an endpoint refuses notices the defect that it is for.
"""

from __future__ import annotations

import pytest

from publish.doctor.checks.sparql import count, solutions
from publish.doctor.diagnose import CHECKS, diagnose
from publish.doctor.http import Visit
from tests.doctor.conftest import Answer, Change, Defect, Request, at, examined, running


def _when(type_: str, change: Change) -> Change:
    """Change the answers to requests of a content type."""

    def changed(request: Request, answer: Answer) -> Answer:
        fits = request.headers.get("content-type", "") == type_ and request.path == "/sparql"
        return change(request, answer) if fits else answer

    return changed


def _refused(request: Request, answer: Answer) -> Answer:
    return answer.being(415)


def _json_for_xml(request: Request, answer: Answer) -> Answer:
    if request.accept == "application/sparql-results+xml":
        return answer.having(Content_Type="application/sparql-results+json").being(200, b"{}")
    return answer


def _no_tsv(request: Request, answer: Answer) -> Answer:
    return answer.being(406) if request.accept == "text/tab-separated-values" else answer


def _shorter_csv(request: Request, answer: Answer) -> Answer:
    is_csv = answer.headers.get("Content-Type") == "text/csv"
    return answer.being(200, answer.body.partition(b"\n")[0] + b"\n") if is_csv else answer


def _results_for_graphs(request: Request, answer: Answer) -> Answer:
    if "CONSTRUCT" in request.query.get("query", ""):
        return answer.having(Content_Type="application/sparql-results+json")
    return answer


def _no_jsonld(request: Request, answer: Answer) -> Answer:
    return answer.being(406) if request.accept == "application/ld+json" else answer


def _plain_json(request: Request, answer: Answer) -> Answer:
    is_result = answer.headers.get("Content-Type", "").endswith("results+json")
    return answer.having(Content_Type="application/json") if is_result else answer


DEFECTS = [
    Defect("endpoint-found", "failure", answer=at("/sparql", lambda a: a.being(500))),
    Defect("query-get", "failure", answer=_when("", lambda q, a: a.being(
        404 if q.query.get("query") else 200, a.body))),
    Defect("query-get", "warning", answer=_plain_json),
    Defect("query-form", "failure", answer=_when("application/x-www-form-urlencoded", _refused)),
    Defect("query-direct", "failure", answer=_when("application/sparql-query", _refused)),
    Defect("result-formats", "failure", answer=_json_for_xml, name="xml"),
    Defect("result-formats", "failure", answer=_shorter_csv, name="rows"),
    Defect("result-formats", "warning", answer=_no_tsv),
    Defect("graph-formats", "failure", answer=_results_for_graphs),
    Defect("graph-formats", "warning", answer=_no_jsonld),
    Defect("endpoint-head", "warning", answer=at("/sparql", lambda a: a.being(405), "HEAD")),
]  # fmt: skip


def test_without_an_endpoint_nothing_is_failed() -> None:
    def none(request: Request, answer: Answer) -> Answer:
        return answer.saying("sparql", "other")

    assert examined("query-get", none).outcome == "not-applicable"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"results":{}}', b'{"results":{"bindings":[1]}}', b"\xff", b"[" * 5000],
)
def test_what_is_no_result_is_no_rows(body: bytes) -> None:
    visit = Visit("GET", "http://a/", {}, 200, body=body)
    assert solutions(visit) is None
    assert count(visit) is None


def test_a_number_is_read_from_the_only_row() -> None:
    body = b'{"results":{"bindings":[{"n":{"type":"literal","value":"12"}}]}}'
    assert count(Visit("GET", "http://a/", {}, 200, body=body)) == 12


# -- Each check of what an endpoint refuses notices the defect that it is for ---------------------

EMPTY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
JSON = "application/sparql-results+json"


def _lenient(request: Request, answer: Answer) -> Answer:
    return answer.having(Content_Type=JSON).being(200, EMPTY) if answer.status == 400 else answer


def _failing(request: Request, answer: Answer) -> Answer:
    return answer.being(500) if answer.status == 400 else answer


def _updating(request: Request, answer: Answer) -> Answer:
    return answer.being(204) if b"update=" in request.body else answer


def _calling(request: Request, answer: Answer) -> Answer:
    if "SERVICE" in request.query.get("query", ""):
        return answer.having(Content_Type=JSON).being(200, EMPTY)
    return answer


def _trying(request: Request, answer: Answer) -> Answer:
    if "SERVICE" in request.query.get("query", ""):
        return answer.being(500, b"could not resolve lodpub-doctor.invalid")
    return answer


DEFECTS += [
    Defect("malformed-query", "failure", answer=_lenient, name="200"),
    Defect("malformed-query", "failure", answer=_failing, name="500"),
    Defect("updates-refused", "failure", answer=_updating),
    Defect("service-refused", "failure", answer=_calling),
    Defect("service-refused", "warning", answer=_trying),
    Defect("sparql-cors", "failure", name="get",
           answer=at("/sparql", lambda a: a.having(Access_Control_Allow_Origin=None))),
    Defect("sparql-cors", "failure", name="preflight",
           answer=at("/sparql", lambda a: a.being(405), "OPTIONS")),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result


def test_updates_that_are_sent_change_nothing_anywhere() -> None:
    with running() as site:
        diagnose(site.url, [check for check in CHECKS if check.id == "updates-refused"])
        sent = [request for request in site.site.requests if request.method == "POST"]
    assert sorted(request.body for request in sent) == [
        b"DELETE DATA {}",
        b"update=INSERT+DATA+%7B%7D",
    ]

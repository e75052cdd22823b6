"""Each check of what an endpoint refuses notices the defect that it is for."""

from __future__ import annotations

import pytest

from publish.doctor.diagnose import CHECKS, diagnose
from tests.support.strangers import Answer, Defect, Request, at, running

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


DEFECTS = [
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

"""Each check of headers for caches and scripts notices the defect that it is for."""

from __future__ import annotations

import pytest

from tests.doctor.conftest import Answer, Defect, Request, at


def _no_vary_on_406(request: Request, answer: Answer) -> Answer:
    return answer.having(Vary=None) if answer.status == 406 else answer


def _by_language(request: Request, answer: Answer) -> Answer:
    if answer.headers.get("Content-Language"):
        return answer.having(Content_Language=request.headers.get("accept-language", "ja"))
    return answer


def _never_304(request: Request, answer: Answer) -> Answer:
    return answer.being(200) if answer.status == 304 else answer


def _poor_304(request: Request, answer: Answer) -> Answer:
    return answer.having(Vary=None) if answer.status == 304 else answer


def _closed_errors(request: Request, answer: Answer) -> Answer:
    closed = answer.having(Access_Control_Allow_Origin=None)
    return closed if answer.status // 100 == 4 else answer


DEFECTS = [
    Defect("vary", "failure", answer=at("/doc/", lambda a: a.having(Vary=None)), name="200"),
    Defect("vary", "failure", answer=_no_vary_on_406, name="406"),
    Defect("vary", "failure", answer=_by_language, name="language"),
    Defect("head-like-get", "failure", name="405",
           answer=at("/doc/", lambda a: a.being(405), "HEAD")),
    Defect("head-like-get", "failure", name="headers",
           answer=at("/doc/", lambda a: a.having(Link=None), "HEAD")),
    Defect("head-like-get", "failure", name="length",
           answer=at("/doc/", lambda a: a.having(Content_Length="7"), "HEAD")),
    Defect("etags-differ", "warning", answer=at("/doc/", lambda a: a.having(ETag=None))),
    Defect("etags-differ", "failure", answer=at("/doc/", lambda a: a.having(ETag='"same"'))),
    Defect("not-modified", "failure", answer=_never_304, name="200"),
    Defect("not-modified", "failure", answer=_poor_304, name="vary"),
    Defect("cors-data", "failure", name="none",
           answer=at("/id/", lambda a: a.having(Access_Control_Allow_Origin=None))),
    Defect("cors-data", "failure", name="credentials",
           answer=at("/doc/", lambda a: a.having(Access_Control_Allow_Credentials="true"))),
    Defect("cors-data", "warning",
           answer=at("/doc/", lambda a: a.having(Access_Control_Expose_Headers=None))),
    Defect("cors-errors", "warning", answer=_closed_errors),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result

"""Each check of the files to download notices the defect that it is for."""

from __future__ import annotations

import pytest

from publish.doctor.diagnose import CHECKS, diagnose
from tests.doctor.conftest import Answer, Defect, Request, at, examined, running


def _no_ranges(request: Request, answer: Answer) -> Answer:
    return answer.being(200, b"whole") if answer.status == 206 else answer


def _wrong_range(request: Request, answer: Answer) -> Answer:
    return answer.being(206, b"0123456789") if answer.status == 206 else answer


def _never_304(request: Request, answer: Answer) -> Answer:
    return answer.being(200, b"again") if answer.status == 304 else answer


DEFECTS = [
    Defect("downloads-answer", "failure", name="404",
           answer=at("/dump/all.ttl", lambda a: a.being(404))),
    Defect("downloads-answer", "failure", name="size", content=at("/catalog", lambda a: (
        a.saying("byteSize> ", "byteSize> 1")))),
    Defect("downloads-answer", "failure", name="type",
           answer=at("/dump/all.ttl", lambda a: a.having(Content_Type="text/html"))),
    Defect("checksums", "failure", content=at("/dump/", lambda a: a.saying("a", "b"))),
    Defect("checksums", "warning",
           content=at("/catalog", lambda a: a.saying("terms#checksumValue", "terms#sum"))),
    Defect("ranges", "warning", answer=_no_ranges),
    Defect("ranges", "failure", answer=_wrong_range),
    Defect("downloads-cacheable", "warning", answer=at("/dump/", lambda a: a.having(ETag=None))),
    Defect("downloads-cacheable", "failure", answer=_never_304),
    *(
        Defect("rdfxml-read", "failure", name=name,
               content=at("/dump/all.rdf", lambda a, name=name: a.being(200, (  # type: ignore[misc]
                   '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
                   f'<r:Description r:about="http://x/a"><x:{name} r:resource="http://x/b"/>'
                   "</r:Description></r:RDF>").encode())))
        for name in ("2024", "", "面積㎡", "収容・定員", "a%28")
    ),
    Defect("rdfxml-read", "not-applicable", content=at("/catalog", lambda a: (
        a.saying("application/rdf+xml", "text/plain")))),
    Defect("dumps-agree", "failure", content=at("/dump/all.ttl", lambda a: (
        a.being(200, b"<http://a/> <http://a/> <http://a/> .")))),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result


def test_it_is_said_how_many_checksums_were_verified() -> None:
    found = examined("checksums")
    assert found.result.what.en == "The 6 smallest were verified (6 files have a checksum)."


def test_files_on_another_host_are_noted_and_not_fetched() -> None:
    def files(request: Request, answer: Answer) -> Answer:
        here = f"http://{request.headers['host']}/dump/"
        return answer.saying(here, "http://files.invalid/dump/")

    with running(files) as site:
        diagnosis = diagnose(site.url, [c for c in CHECKS if c.id == "downloads-answer"])
    assert diagnosis.of("downloads-answer").outcome == "not-applicable"
    assert "http://files.invalid/dump/all.nt" in diagnosis.elsewhere

"""Each check of what crawlers follow notices the defect that it is for."""

from __future__ import annotations

import pytest

from tests.support.strangers import Answer, Defect, Request, at, examined


def _round(request: Request, answer: Answer) -> Answer:
    if request.path == "/list":
        return answer.having(Link='</list?page=1>; rel="next"')
    return answer


def _broken_page(request: Request, answer: Answer) -> Answer:
    return answer.being(500) if request.query.get("page") == "2" else answer


BOMB = (
    '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>&b;</loc></url></urlset>'
)
DEFECTS = [
    Defect("sitemap", "warning",
           answer=at("/sitemap", lambda a: a.being(404)),
           content=at("/robots", lambda a: a.saying("Sitemap", "X"))),
    Defect("sitemap", "failure", content=at("/sitemap", lambda a: a.saying("</urlset>", ""))),
    Defect("sitemap", "failure", name="date",
           content=at("/sitemap", lambda a: a.saying("2026-02-01", "1.2.2026"))),
    Defect("sitemap", "failure", name="entities",
           content=at("/sitemap", lambda a: a.being(200, BOMB.encode()))),
    Defect("sitemap-pages", "failure", answer=at("/doc/beta", lambda a: a.being(404))),
    Defect("sitemap-pages", "warning",
           content=at("/sitemap", lambda a: a.saying("/doc/alpha", "/id/alpha"))),
    Defect("sitemap-complete", "failure",
           content=at("/sitemap", lambda a: a.saying("/doc/alpha", "/doc/omega"))),
    Defect("robots", "failure", name="doc",
           content=at("/robots", lambda a: a.saying("/private", "/doc/"))),
    Defect("robots", "failure", name="pattern",
           content=at("/robots", lambda a: a.saying("/private", "/*.nt$"))),
    Defect("robots", "failure", answer=at("/robots", lambda a: a.being(503)), name="503"),
    Defect("feed", "failure", content=at("/feed", lambda a: a.saying("urn:e:2", "urn:e:1"))),
    Defect("feed", "failure", name="date",
           content=at("/feed", lambda a: a.saying("T00:00:00Z", ""))),
    Defect("paging-ends", "failure", answer=_round, name="round"),
    Defect("paging-ends", "failure", answer=_broken_page, name="broken"),
    Defect("ckan", "failure", content=at("/api/", lambda a: a.saying('"name": "set"', '"name": "x"'))),
    Defect("ckan", "failure", answer=at("/api/", lambda a: a.being(500)), name="500"),
]  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_noticed(defect: Defect) -> None:
    found = defect.examined()
    assert found.outcome == defect.outcome, found.result


def test_a_site_without_feed_and_ckan_has_nothing_to_check() -> None:
    def plain(request: Request, answer: Answer) -> Answer:
        return answer.saying("atom+xml", "x").saying("/api/3", "/other")

    assert examined("feed", plain).outcome == "not-applicable"
    assert examined("ckan", plain).outcome == "not-applicable"


def test_pages_are_followed_to_the_last() -> None:
    found = examined("paging-ends")
    assert found.result.what.en == "It ends after 3 pages."

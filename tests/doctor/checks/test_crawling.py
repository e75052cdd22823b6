"""Each check of what crawlers follow notices the defect that it is for.

robots.txt is read as RFC 9309 wants it, sitemaps without trust.
"""

from __future__ import annotations

import gzip

import httpx
import pytest

from publish.doctor.checks.crawling import locations, parsed, robots_rules
from publish.doctor.http import Visit
from tests.doctor.conftest import Answer, Defect, Request, at, examined


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


# -- robots.txt is read as RFC 9309 wants it, sitemaps without trust ------------------------------

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: other\nDisallow: /", "/x", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /x\nAllow: /x/y", "/x/y/z", True),
        ("User-agent: *\nAllow: /x\nDisallow: /x", "/x", True),
        ("user-agent: *\ndisallow: /*.ttl$ # dumps", "/a/b.ttl", False),
        ("user-agent: *\ndisallow: /*.ttl$", "/a/b.ttl.gz", True),
        ("User-agent: *\nDisallow: /*?", "/x?y=1", False),
        ("User-agent: *\nDisallow: /x$", "/xy", True),
        ("Disallow: /", "/x", True),
        ("nonsense\n: : :\n", "/x", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: other\nDisallow: /", "/x", True),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: other\nDisallow: /", "/x", False),
        ("User-agent: *\nNoindex: /\nUser-agent: other\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /日本", "/%E6%97%A5%E6%9C%AC/x", False),
    ],
)
def test_the_longest_rule_that_fits_decides(rules: str, path: str, allowed: bool) -> None:
    assert robots_rules(rules).can_fetch(f"http://a.example{path}", "*") is allowed


def test_sitemaps_are_named_outside_of_groups() -> None:
    text = "Sitemap: http://a.example/1.xml\nUser-agent: x\nDisallow: /\nsitemap: http://a.example/2.xml"
    assert [*robots_rules(text).sitemaps] == ["http://a.example/1.xml", "http://a.example/2.xml"]


def sitemap(body: bytes, status: int = 200) -> Visit:
    return Visit("GET", "http://a.example/sitemap.xml", {}, status, httpx.Headers(), body)


def test_a_packed_sitemap_is_read() -> None:
    text = f"<urlset {SPACE}><url><loc> http://a.example/1 </loc></url></urlset>"
    root, problem = parsed(sitemap(gzip.compress(text.encode())))
    assert problem is None
    assert root is not None
    assert locations(root) == ["http://a.example/1"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<urlset",
        b"\x1f\x8bbroken",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        gzip.compress(b" " * (60 << 20), mtime=0),
    ],
    ids=["empty", "open", "packed", "external", "entities", "bomb"],
)
def test_what_cannot_be_read_safely_is_told(body: bytes) -> None:
    root, problem = parsed(sitemap(body))
    assert root is None
    assert problem is not None


def test_what_is_not_there_is_told_with_its_status() -> None:
    _, problem = parsed(sitemap(b"", 404))
    assert problem is not None
    assert "404" in problem.en

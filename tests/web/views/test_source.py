"""The RDF of a document as a page to read."""

from __future__ import annotations

import re
from html import unescape

import html5lib
import pytest
from flask.testing import FlaskClient

from publish.formats import RDF_FORMATS, TURTLE
from publish.release.release import Release
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.http.cache import Kept
from publish.web.views.source import listing
from tests.web.conftest import Page, link_header

DOC = "/doc/initiative/telemedicine"


def text_of(html: str) -> str:
    """Return what stands in the listing of a page, without its markup."""
    markup = re.search(r'<pre class="source"[^>]*><code>(.*?)</code></pre>', html, re.DOTALL)
    assert markup
    return unescape(re.sub(r"<[^>]*>", "", markup[1]))


@pytest.mark.parametrize("suffix", [one.suffix for one in RDF_FORMATS])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_shows_what_the_file_has(client: FlaskClient, suffix: str, language: str) -> None:
    answer = client.get(f"{DOC}.{suffix}.{language}.html")
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == language
    assert text_of(answer.text) == client.get(f"{DOC}.{suffix}").text
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")


def test_a_page_leads_to_it_for_each_format(client: FlaskClient) -> None:
    links = Page(client.get(f"{DOC}.ja.html").text).links
    for one in RDF_FORMATS:
        assert f"{DOC}.{one.suffix}" in links
        assert f"{DOC}.{one.suffix}.ja.html" in links


def test_it_leads_to_the_file_the_page_and_the_other_formats(client: FlaskClient) -> None:
    page = Page(client.get(f"{DOC}.jsonld.en.html").text)
    (file,) = page.all("a", href=f"{DOC}.jsonld")
    assert (file["type"], "download" in file) == ("application/ld+json", True)
    assert f"{DOC}.en.html" in page.links
    (shown,) = page.all("a", **{"aria-current": "page"})
    assert shown["href"] == f"{DOC}.jsonld.en.html"
    assert page.all("pre")[0]["data-copy"] == "JSON-LD"


@pytest.mark.parametrize("suffix", [one.suffix for one in RDF_FORMATS])
def test_iris_of_ours_are_links_that_answer(client: FlaskClient, suffix: str) -> None:
    html = client.get(f"{DOC}.{suffix}.ja.html").text
    listed = html[html.index('<pre class="source"') : html.index("</pre>")]
    links = set(re.findall(r'<a href="([^"#]*)', listed))
    assert "/doc/topic/medicine.ja.html" in links
    assert all(link.startswith("/") for link in links)
    refused = [link for link in links if client.get(link, follow_redirects=True).status_code != 200]
    assert refused == []


def test_the_language_is_negotiated_where_none_is_named(client: FlaskClient) -> None:
    answer = client.get(f"{DOC}.ttl.html", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Location"] == f"{DOC}.ttl.en.html"
    assert "Accept-Language" in answer.vary
    redirect = client.get(f"{DOC}.ttl.html?lang=en")
    assert (redirect.status_code, redirect.headers["Location"]) == (302, f"{DOC}.ttl.en.html")


def test_it_is_not_indexed_and_not_an_alternate_of_the_document(client: FlaskClient) -> None:
    answer = client.get(f"{DOC}.ttl.ja.html")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    alternates = link_header(client.get(f"{DOC}.ja.html").headers.getlist("Link"), "alternate")
    assert f"{DOC}.ttl.ja.html" not in alternates
    assert client.get(f"{DOC}.ttl").headers.get("X-Robots-Tag") is None


@pytest.mark.parametrize(
    "path",
    [
        f"{DOC}.ttl.ttl",
        f"{DOC}.ttl.fr.html",
        f"{DOC}.html.ja.html",
        f"{DOC}.csv.ja.html",
        f"{DOC}.ttl.ja.html.ja.html",
        f"{DOC}.ttl.",
        "/doc/initiative/none.ttl.ja.html",
        "/doc/initiative.ttl.ja.html",
    ],
)
def test_there_is_no_other_such_address(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_head_and_conditional_requests_work_as_elsewhere(client: FlaskClient) -> None:
    get, head = client.get(f"{DOC}.ttl.ja.html"), client.head(f"{DOC}.ttl.ja.html")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]
    again = client.get(f"{DOC}.ttl.ja.html", headers={"If-None-Match": get.headers["ETag"]})
    assert again.status_code == 304


def test_a_long_one_shows_its_beginning_and_says_so(client: FlaskClient) -> None:
    whole = client.get("/doc/prefecture/01.nq").text
    answer = client.get("/doc/prefecture/01.nq.ja.html")
    shown = text_of(answer.text)
    assert whole.startswith(shown) and shown.endswith(" .\n")
    assert len(answer.data) < 100_000
    lines = shown.count("\n")
    assert f"全{whole.count(chr(10)):,}行のうち最初の{lines:,}行だけ" in answer.text


def test_a_first_line_is_shown_however_long(release: Release) -> None:
    view = View(Site(release, Kept(0)), "ja", "doc/stage/done.ttl")
    long = '<a:b> <a:c> "' + "x" * 100_000 + '" .\n'
    found = listing(view, (long * 2).encode(), TURTLE)
    assert (found.shown, found.lines) == (1, 2)


def test_nothing_in_the_data_becomes_markup(release: Release) -> None:
    view = View(Site(release, Kept(0)), "ja", "doc/stage/done.ttl")
    text = f'<{release.iris.base}"onx=1> <a:c> "</code><script>" , <javascript:alert(1)> .\n'
    markup = listing(view, text.encode(), TURTLE).markup
    assert "<script" not in markup and "</code" not in markup
    assert '"onx' not in markup
    assert "<a " not in markup


def test_kasumi_under_a_base_with_a_path(small: FlaskClient) -> None:
    page = Page(small.get("/lod/doc/plan/remote-care.ttl.ja.html").text)
    assert "/lod/doc/town/992020.ja.html" in page.links
    assert "/lod/doc/plan/remote-care.ttl" in page.links

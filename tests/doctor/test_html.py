"""Links are read from headers and pages, however they are written."""

from __future__ import annotations

import httpx
import pytest

from publish.doctor.html import anchors, embedded, header_links, links, page_language, related
from publish.doctor.http import Visit


def page(html: str, *link: str) -> Visit:
    headers = httpx.Headers([("content-type", "text/html"), *(("link", one) for one in link)])
    return Visit("GET", "http://a.example/x/", {}, 200, headers, html.encode())


def test_several_links_with_parameters_are_read() -> None:
    visit = page(
        "",
        '</a,b>; rel="alternate canonical"; type="text/turtle", <c>;rel=next',
        "<d>; hreflang=en",
    )
    first, second, third = header_links(visit)
    assert (first.url, first.type) == ("http://a.example/a,b", "text/turtle")
    assert first.relations == {"alternate", "canonical"}
    assert second.url == "http://a.example/x/c"
    assert second.relations == {"next"}
    assert third.language == "en"


@pytest.mark.parametrize(
    "header", ["", "nonsense", "<", "<a", "<mailto:a@b.c>; rel=x", "<http://[/>"]
)
def test_what_is_no_link_is_left_out(header: str) -> None:
    assert header_links(page("", header)) == []


def test_links_and_anchors_of_a_page_are_absolute() -> None:
    visit = page(
        '<html lang="ja"><head><link rel="Alternate" href="/t" type="text/turtle"></head>'
        '<body><a href="y#z">カタログ <b>of</b> data</a><a href="javascript:x()">no</a>'
    )
    assert [link.url for link in related(visit, "alternate")] == ["http://a.example/t"]
    (anchor,) = anchors(visit)
    assert (anchor.url, anchor.text) == ("http://a.example/x/y", "カタログ of data")
    assert page_language(visit) == "ja"


def test_a_base_element_moves_the_links() -> None:
    visit = page('<base href="/base/"><a href="y">y</a>')
    assert [one.url for one in anchors(visit)] == ["http://a.example/base/y"]


def test_embedded_json_ld_is_found_and_other_scripts_are_not() -> None:
    visit = page(
        '<script>var a</script><script type=\'application/ld+json; x=1\'>{"a": "</b>"}</script>'
    )
    assert embedded(visit) == ['{"a": "</b>"}']


def test_only_pages_are_looked_through() -> None:
    data = Visit("GET", "http://a.example/", {}, 200, httpx.Headers(), b"<a href='/x'>x</a>")
    assert (anchors(data), links(data)) == ([], [])


def test_broken_markup_and_bytes_raise_nothing() -> None:
    assert anchors(page("<a href='/x'><!-- <<< &#xFFFFFFF; <a <b")) == []
    visit = Visit(
        "GET", "http://a.example/", {}, 200, httpx.Headers({"content-type": "text/html"}),
        b"\xff\xfe<a href=\"/\xe3\x81\">x</a>",
    )  # fmt: skip
    assert len(anchors(visit)) == 1

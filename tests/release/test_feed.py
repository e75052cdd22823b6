"""The Atom feed, against the rules of RFC 4287."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from publish.i18n import Text
from publish.release.feed import MOST, About, Entry, atom
from publish.release.manifest import File, Manifest
from tests.support.projects import IRIS

A = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: RFC 4287, 3.3: a date-time of RFC 3339 with an upper-case T and Z.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
ABOUT = About(
    title=Text("霞県の計画データ", "Plans of Kasumi"),
    description=Text("架空の県の計画。", "Plans of a prefecture that does not exist."),
    author=Text("霞県データ係", "Kasumi data desk"),
    author_iri=IRIS.of("id/organization/publisher"),
    licence="https://creativecommons.org/licenses/by/4.0/",
    day="2031-04-01",
)
FILES = tuple(
    File(f"dump/{name}", size, "0" * 64)
    for name, size in (
        ("SHA256SUMS", 300), ("all.nt", 900), ("all.nt.gz", 90), ("all.ttl.zst", 80),
        ("plan.csv", 70), ("places.nt", 60),
    )
)  # fmt: skip


def entry(id_: str, day: str | None, changes: str | None = None) -> Entry:
    manifest = Manifest(id_ * 12, IRIS.base, "0" * 64, 2, day, "1.0.0", False, {}, FILES)
    return Entry(manifest, Text("追加 1件。", "1 added."), changes)


ENTRIES = [
    entry("b", "2031-05-01", "changes/aaaaaaaaaaaa..bbbbbbbbbbbb"),
    entry("a", "2031-04-01"),
]


@pytest.fixture
def feed() -> Element:
    return read(atom(IRIS, ABOUT, ENTRIES))


def read(content: bytes) -> Element:
    found: Element = fromstring(content)
    return found


def links(element: Element, relation: str) -> list[dict[str, str]]:
    return [link.attrib for link in element.findall(f"{A}link") if link.get("rel") == relation]


def text(element: Element, name: str) -> str:
    return element.findtext(f"{A}{name}") or ""


def violations(feed: Element) -> Iterator[str]:
    """Yield what RFC 4287 forbids (sections 4.1.1, 4.1.2, 3.2, 3.3, 4.2.6, 4.2.7)."""
    if feed.tag != f"{A}feed":
        yield "the root is no feed"
    if not feed.findall(f"{A}author"):
        yield "no author"
    if len(links(feed, "self")) != 1:
        yield "not one link to itself"
    entries = feed.findall(f"{A}entry")
    names = [text(one, "id") for one in entries]
    if len(set(names)) != len(names):
        yield "two entries with one id"
    for element in (feed, *entries):
        yield from _container(element)
    for author in feed.iter(f"{A}author"):
        if len(author.findall(f"{A}name")) != 1 or len(author.findall(f"{A}uri")) > 1:
            yield "an author without a name, or with two addresses"
    for found in entries:
        if len(found.findall(f"{A}content")) > 1 or len(found.findall(f"{A}summary")) > 1:
            yield "more than one content or summary"
        if found.find(f"{A}content") is None and not links(found, "alternate"):
            yield "neither content nor a link to it"


def _container(element: Element) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{A}{name}")) != 1:
            yield f"not one {name}"
    if not IRI.fullmatch(text(element, "id")):
        yield "the id is no absolute IRI"
    if not MOMENT.fullmatch(text(element, "updated")):
        yield "updated is no moment"
    told = Counter((one.get("type"), one.get("hreflang")) for one in links(element, "alternate"))
    if max(told.values(), default=1) > 1:
        yield "two alternate links of one type and language"
    for link in element.findall(f"{A}link"):
        if not IRI.fullmatch(link.get("href", "")):
            yield "a link without an address"
    for content in element.findall(f"{A}content"):
        if content.get("type") == "xhtml" and [child.tag for child in content] != [f"{XHTML}div"]:
            yield "XHTML that is not one div"


def test_the_feed_breaks_no_rule(feed: Element) -> None:
    assert list(violations(feed)) == []


@pytest.mark.parametrize(
    ("wrong", "right", "found"),
    [
        (r"<author>.*?</author>", "", "no author"),
        (r"<updated>[^<]*", "<updated>yesterday", "updated is no moment"),
        (r'rel="self"', 'rel="related"', "not one link to itself"),
        (r"release/a{12}</id>", "release/bbbbbbbbbbbb</id>", "two entries with one id"),
        (r' hreflang="en"', ' hreflang="ja"', "two alternate links of one type and language"),
        (r"<title>[^<]*</title>", "", "not one title"),
        (r'href="[^"]*"', 'href="/changes"', "a link without an address"),
        (r"<div", "text<p xmlns='http://www.w3.org/1999/xhtml'/><div", "XHTML that is not one div"),
    ],
)
def test_the_rules_find_what_is_wrong(wrong: str, right: str, found: str) -> None:
    content = re.sub(wrong, right, atom(IRIS, ABOUT, ENTRIES).decode(), flags=re.S)
    assert found in violations(read(content.encode()))


def test_the_feed_says_what_it_is_in_both_languages(feed: Element) -> None:
    assert text(feed, "id") == IRIS.of("changes")
    assert text(feed, "title") == "霞県の計画データのリリース / Releases of Plans of Kasumi"
    assert text(feed, "subtitle").startswith("架空の県の計画。 / Plans of")
    assert feed.findtext(f"{A}author/{A}name") == "霞県データ係 / Kasumi data desk"
    assert feed.findtext(f"{A}author/{A}uri") == IRIS.of("id/organization/publisher")
    assert links(feed, "self")[0]["href"] == IRIS.of("changes.atom")
    assert [(one["href"], one["hreflang"]) for one in links(feed, "alternate")] == [
        (IRIS.of("changes.ja.html"), "ja"),
        (IRIS.of("changes.en.html"), "en"),
    ]
    assert [one["href"] for one in links(feed, "license")] == [ABOUT.licence]


def test_the_feed_is_as_new_as_its_newest_release(feed: Element) -> None:
    assert text(feed, "updated") == "2031-05-01T00:00:00Z"
    assert [text(one, "updated") for one in feed.findall(f"{A}entry")] == [
        "2031-05-01T00:00:00Z",
        "2031-04-01T00:00:00Z",
    ]


def test_an_entry_leads_to_page_manifest_dumps_and_changes(feed: Element) -> None:
    newest, first = feed.findall(f"{A}entry")
    release = IRIS.of("release/bbbbbbbbbbbb")
    assert text(newest, "id") == release
    assert text(newest, "title") == (
        "リリース 1.0.0, 2031-05-01, bbbbbbbbbbbb / Release 1.0.0, 2031-05-01, bbbbbbbbbbbb"
    )
    assert [one["href"] for one in links(newest, "alternate")] == [
        f"{release}.ja.html",
        f"{release}.en.html",
    ]
    assert links(newest, "describedby") == [
        {"rel": "describedby", "href": f"{release}.json", "type": "application/json"}
    ]
    assert [one["href"] for one in links(newest, "related")] == [
        IRIS.of("changes/aaaaaaaaaaaa..bbbbbbbbbbbb")
    ]
    assert links(first, "related") == []
    dump = IRIS.of("dump/bbbbbbbbbbbb/")
    assert [
        (one["href"].removeprefix(dump), one["type"], one["length"])
        for one in links(newest, "enclosure")
    ] == [
        ("all.nt", "application/n-triples", "900"),
        ("all.nt.gz", "application/gzip", "90"),
        ("all.ttl.zst", "application/zstd", "80"),
    ]


def test_an_entry_says_what_changed_each_language_marked(feed: Element) -> None:
    paragraphs = feed.findall(f"{A}entry/{A}content/{XHTML}div/{XHTML}p")
    assert [(one.get("lang"), one.get(LANGUAGE), one.text) for one in paragraphs[:2]] == [
        ("ja", "ja", "追加 1件。"),
        ("en", "en", "1 added."),
    ]


def test_a_release_without_a_stamp_is_not_in_the_feed() -> None:
    found = read(atom(IRIS, ABOUT, [entry("c", None), *ENTRIES]))
    ids = [text(one, "id") for one in found.findall(f"{A}entry")]
    assert ids == [IRIS.of("release/bbbbbbbbbbbb"), IRIS.of("release/aaaaaaaaaaaa")]


@pytest.mark.parametrize(
    ("day", "moment"),
    [("2031-04-01", "2031-04-01"), ("2031-04", "2031-04-01"), ("2031", "2031-01-01")],
)
def test_a_feed_without_entries_is_as_new_as_the_data_set(day: str, moment: str) -> None:
    about = About(ABOUT.title, None, ABOUT.author, None, None, day)
    found = read(atom(IRIS, about, []))
    assert list(violations(found)) == []
    assert text(found, "updated") == f"{moment}T00:00:00Z"


def test_a_feed_has_the_newest_releases_only() -> None:
    many = [entry(f"{n:x}"[-1], "2031-05-01") for n in range(MOST + 5)]
    assert len(read(atom(IRIS, ABOUT, many)).findall(f"{A}entry")) == MOST


def test_names_cannot_break_the_feed() -> None:
    wild = Text("<b>&amp;\x0b]]>\ud800", "\"'</title>\x00\u2028😀")
    about = About(wild, wild, wild, None, None, "2031-04-01")
    found = read(atom(IRIS, about, ENTRIES))
    assert list(violations(found)) == []
    assert text(found, "subtitle") == "<b>&amp;\ufffd]]>\ufffd / \"'</title>\ufffd\u2028😀"


def test_the_feed_is_the_same_each_time() -> None:
    assert atom(IRIS, ABOUT, ENTRIES) == atom(IRIS, ABOUT, ENTRIES)

"""The sitemaps, as a crawler walks them, and what robots may do."""

from __future__ import annotations

import urllib.robotparser
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from publish.release.release import Release
from publish.settings import Settings
from publish.web.routes import sitemap
from server import create_app
from tests.support.projects import build_project
from tests.web.conftest import Page

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
#: Of the protocol (https://www.sitemaps.org/protocol.html).
MOST_ADDRESSES, MOST_BYTES = 50_000, 52_428_800


def locations(xml: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(xml).iter(f"{SITEMAP}loc")]


def crawled(client: FlaskClient, release: Release, again: str = "") -> Iterator[str]:
    """Yield every address that the index leads to. `again` gets an answer not kept yet."""
    for part in locations(client.get(f"/sitemap.xml{again}").text):
        yield from locations(client.get(release.iris.path(part) + again).text)


def test_the_first_sitemap_is_an_index(client: FlaskClient, release: Release) -> None:
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    assert ElementTree.fromstring(answer.text).tag == f"{SITEMAP}sitemapindex"
    assert locations(answer.text) == [release.iris.of("sitemap-1.xml")]


def test_every_thing_list_and_page_is_listed_once_in_both_languages(
    client: FlaskClient, release: Release
) -> None:
    found = list(crawled(client, release))
    assert len(found) == len(set(found)) > 1000
    pages = [
        "index",
        "about",
        "doc",
        "ontology",
        "shapes",
        "catalog",
        "void",
        "dump",
        "changes",
        "sparql",
    ]
    pages += [f"release/{release.id}", "doc/region", "doc/initiative/telemedicine"]
    assert {release.iris.page(page, "ja") for page in pages} <= set(found)
    assert {release.iris.page(page, "en") for page in pages} <= set(found)
    assert all("?" not in address and "#" not in address for address in found)


def test_the_addresses_answer_with_pages_whose_canonical_address_they_are(
    client: FlaskClient, release: Release
) -> None:
    found = list(crawled(client, release))
    first = [address for address in found if "/doc/" not in address]
    for address in [*first, *found[len(first) :: 97]]:
        answer = client.get(release.iris.path(address))
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), address
        (canonical,) = Page(answer.text).all("link", rel="canonical")
        assert canonical["href"] == address


def test_each_address_names_its_languages_and_the_day_of_the_data(
    client: FlaskClient, release: Release
) -> None:
    root = ElementTree.fromstring(client.get("/sitemap-1.xml").text)
    for url in root.iter(f"{SITEMAP}url"):
        alternates = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        assert set(alternates) == {"ja", "en"}
        assert url.findtext(f"{SITEMAP}loc") in alternates.values()
        assert url.findtext(f"{SITEMAP}lastmod") == release.manifest.modified
    index = ElementTree.fromstring(client.get("/sitemap.xml").text)
    assert [e.text for e in index.iter(f"{SITEMAP}lastmod")] == [release.manifest.modified]


def test_without_a_stamp_no_day_is_told(tmp_path: Path) -> None:
    build_project(tmp_path / "project")
    unstamped = create_app(Settings(releases=tmp_path / "project" / "releases")).test_client()
    for path in ("/lod/sitemap.xml", "/lod/sitemap-1.xml"):
        answer = unstamped.get(path)
        assert "lastmod" not in answer.text and "Last-Modified" not in answer.headers
        assert locations(answer.text)[0].startswith("https://data.example.jp/lod/")


def test_a_sitemap_that_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    for path in ("/sitemap.xml", "/sitemap-1.xml", "/robots.txt"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_many_pages_stand_in_several_sitemaps(
    client: FlaskClient, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(crawled(client, release))
    monkeypatch.setattr(sitemap, "MOST_PAGES", 300)
    parts = locations(client.get("/sitemap.xml?again").text)
    assert len(parts) == -(-len(whole) // 600) > 1
    assert list(crawled(client, release, "?again")) == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_longest_sitemap_keeps_the_limits_of_the_protocol(
    client: FlaskClient, release: Release
) -> None:
    assert 2 * sitemap.MOST_PAGES <= MOST_ADDRESSES
    pages = len(list(crawled(client, release))) / 2
    size = len(client.get("/sitemap-1.xml").data) / pages
    longer = 6 * 200  # an address stands six times; with a base 200 letters longer than this one
    assert (size + longer) * sitemap.MOST_PAGES <= MOST_BYTES


def test_robots_may_read_everything_but_queries(client: FlaskClient, release: Release) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {release.iris.of('sitemap.xml')}" in lines
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(lines)
    wanted = ("", "catalog.ttl", "dump/latest/all.ttl", "api/3/action/package_list", "sparql")
    for path in (*wanted, "sparql.ja.html", "void", "sitemap-1.xml", "doc/region?page=2"):
        assert rules.can_fetch("harvester", release.iris.of(path)), path
    assert not rules.can_fetch("harvester", release.iris.of("sparql?query=ASK%7B%7D"))


def test_robots_are_told_at_the_root_of_the_origin_too(small: FlaskClient) -> None:
    assert small.get("/robots.txt").text == small.get("/lod/robots.txt").text
    assert "Disallow: /lod/sparql?query=" in small.get("/robots.txt").text
    assert "Sitemap: https://data.example.jp/lod/sitemap.xml" in small.get("/robots.txt").text

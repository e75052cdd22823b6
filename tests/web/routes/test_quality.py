from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import html5lib
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.formats import NTRIPLES, RDFXML, TURTLE
from publish.rdf import namespaces as ns
from publish.release.quality import FILE
from publish.release.release import Release
from publish.settings import Settings
from server import create_app
from tests.support.projects import build_project
from tests.web.conftest import Page, triples

both = pytest.mark.parametrize("language", ["ja", "en"])


@both
def test_the_page_is_html_without_an_error(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/quality.{language}.html")
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
    assert len(answer.data) < 100_000
    assert Page(answer.text).language == language


@both
def test_the_page_of_the_small_project_is_html_without_an_error(
    small: FlaskClient, language: str
) -> None:
    answer = small.get(f"/lod/quality.{language}.html")
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")


def test_it_says_what_validation_found_in_words_and_where(small: FlaskClient) -> None:
    page = Page(small.get("/lod/quality.ja.html").text)
    assert "計画に実施内容がありません。" in page.text
    assert "data/source.plans.ttl:" in page.text
    assert "必ず守る規則に反するデータはありません。" in page.text
    assert "/lod/shapes.ja.html#Plan-hasStep" in page.links
    assert "/lod/doc/plan/snow-robots.ja.html" in page.links


def test_it_says_what_is_missing_in_words(small: FlaskClient) -> None:
    assert "市町2件のうち1件にありません。" in Page(small.get("/lod/quality.ja.html").text).text
    assert "lacking in 1 of 2" in Page(small.get("/lod/quality.en.html").text).text


def test_the_link_beside_what_is_missing_opens_the_query_that_finds_it(
    client: FlaskClient, release: Release
) -> None:
    links = [link for link in Page(client.get("/quality.ja.html").text).links if "?query=" in link]
    assert links
    for link in links:
        (query,) = parse_qs(urlsplit(link).query)["query"]
        rows = release.store.query(query, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        assert any(True for _ in rows)


def test_json_has_the_numbers_of_the_release(client: FlaskClient, release: Release) -> None:
    said = client.get("/quality.json").get_json()
    kept = json.loads((release.path / FILE).read_text("utf-8"))
    assert said["types"] == kept["types"]
    assert said["contentHash"] == release.manifest.content_hash
    assert sum(said["statements"].values()) == release.manifest.triples
    assert said["validation"]["conforms"] is True
    assert said["metrics"].keys() == {name for one in said["types"] for name in one["with"]}


def test_rdf_is_the_same_in_every_format_and_measures_known_parts(
    client: FlaskClient, release: Release
) -> None:
    said = [
        triples(client.get(f"/quality.{one.suffix}").data, one)
        for one in (TURTLE, RDFXML, NTRIPLES)
    ]
    assert said[0] == said[1] == said[2]
    parts = {line.split(" ")[2] for line in said[0] if f"<{ns.DQV}computedOn>" in line}
    assert len(parts) > 10
    for part in parts:
        found = release.store.quads_for_pattern(ox.NamedNode(part[1:-1]), None, None)
        assert next(found, None), part


def test_every_page_leads_to_it(client: FlaskClient, release: Release) -> None:
    assert "/quality.ja.html" in Page(client.get("/about.ja.html").text).links
    assert "/quality.en.html" in Page(client.get(f"/release/{release.id}.en.html").text).links


def test_a_release_that_was_not_counted_has_no_such_page(tmp_path: Path) -> None:
    build_project(tmp_path / "project")
    releases = tmp_path / "project" / "releases"
    next(releases.glob(f"*/{FILE}")).unlink()
    answer = create_app(Settings(releases=releases)).test_client().get("/lod/quality.ja.html")
    assert answer.status_code == 404

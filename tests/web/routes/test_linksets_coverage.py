"""The page of links: how far they reach, in both languages, as JSON, and what the checks found."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import html5lib
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.build import build
from publish.linksets.coverage import FILE
from publish.linksets.links import TITLES
from publish.release.release import Release
from publish.settings import Settings
from server import create_app
from tests.support.linked import LINKS, linked_project
from tests.support.projects import append, build_project, settings_for
from tests.web.conftest import Page

both = pytest.mark.parametrize("language", ["ja", "en"])


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the small project with links that contradict each other."""
    project = linked_project(tmp_path_factory.mktemp("wrong") / "project")
    append(project / LINKS, "\nwd:Q900001 skos:exactMatch place:990000-霞県 .\n")
    build(settings_for(project))
    return create_app(Settings(releases=project / "releases")).test_client()


@both
def test_the_page_is_html_without_an_error(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/links.{language}.html")
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
    assert len(answer.data) < 150_000
    assert Page(answer.text).language == language


@both
def test_the_page_of_wrong_links_is_html_without_an_error(
    wrong: FlaskClient, language: str
) -> None:
    answer = wrong.get(f"/lod/links.{language}.html")
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")


def test_it_tells_for_each_data_set_how_many_things_of_which_type_are_linked(
    client: FlaskClient, release: Release
) -> None:
    assert release.linkage
    ja, en = (Page(client.get(f"/links.{one}.html").text) for one in ("ja", "en"))
    for goal in release.linkage.goals:
        for reach in goal.reaches:
            assert f"{reach.things}件のうち{reach.linked}件" in ja.text
            assert f"{reach.linked} of {reach.things}" in en.text
    assert "リンク同士の矛盾や、形の正しくないリンクはありません。" in ja.text
    assert "Taken from a Wikidata query on the local government code" in en.text
    assert "/doc/linkset/wikidata-confirmed.ja.html" in ja.links
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in ja.links
    assert "Contains GeoNames data (CC BY 4.0)" in en.text
    assert "同じもの skos:exactMatch" in ja.text


def test_what_has_no_link_is_named_and_the_rest_is_a_query_away(
    client: FlaskClient, release: Release
) -> None:
    assert release.linkage
    page = Page(client.get("/links.ja.html").text)
    queries = [link for link in page.links if "?query=" in link]
    wanted = [
        reach.things - reach.linked
        for goal in release.linkage.goals
        for reach in goal.reaches
        if reach.missing
    ]
    found = []
    for link in queries:
        (query,) = parse_qs(urlsplit(link).query)["query"]
        rows = release.store.query(query, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        found.append(len(list(rows)))
    assert found == wanted and found
    for goal in release.linkage.goals:
        for reach in goal.reaches:
            for iri in reach.missing:
                key = iri.rpartition("/")[2]
                assert f"/doc/{reach.segment}/{key}.ja.html" in page.links


def test_json_has_the_numbers_of_the_release(client: FlaskClient, release: Release) -> None:
    said = client.get("/links.json").get_json()
    assert release.linkage
    assert (said["release"], said["links"]) == (release.id, release.linkage.links)
    assert [one["iri"] for one in said["targets"]] == [one.iri for one in release.linkage.goals]
    wikidata = next(one for one in said["targets"] if one["name"]["ja"] == "Wikidata")
    assert wikidata["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    towns = next(one for one in wikidata["types"] if one["type"] == "municipality")
    assert (towns["things"], towns["linked"], towns["missing"]) == (179, 179, 0)
    assert said["checks"]["conforms"] is True
    assert said["checks"]["kinds"].keys() == TITLES.keys()
    for one in wikidata["linksets"]:
        assert one["confidence"] in ("high", "medium", "low")
        assert one["method"]["ja"] and one["method"]["en"] and one["examples"]


def test_what_the_checks_found_is_told_with_its_place_and_what_to_do(wrong: FlaskClient) -> None:
    ja, en = (Page(wrong.get(f"/lod/links.{one}.html").text) for one in ("ja", "en"))
    assert "正しくないところが1件あります。" in ja.text
    assert "リンクをたどると同じになる id/town/992011 と「" in ja.text
    assert "data/towns.csv:2:wikidata" in ja.text
    assert "1 thing is wrong." in en.text
    assert "Of the links on the way, remove the one that is wrong" in en.text
    checks = wrong.get("/lod/links.json").get_json()["checks"]
    assert (checks["errors"], checks["kinds"]["crossing"]["count"]) == (1, 1)


def test_pages_lead_to_it(client: FlaskClient) -> None:
    assert "/links.ja.html" in Page(client.get("/quality.ja.html").text).links
    assert "/links.en.html" in Page(client.get("/about.en.html").text).links
    assert "/quality.ja.html" in Page(client.get("/links.ja.html").text).links


def test_it_is_negotiated_and_asked_for_again_only_when_the_release_changes(
    client: FlaskClient,
) -> None:
    first = client.get("/links", headers={"Accept": "application/json"})
    assert first.content_type == "application/json"
    assert {"Accept", "Accept-Language"} <= set(first.vary)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(
        "/links", headers={"Accept": "application/json", "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert client.get("/links", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/links.ttl").status_code == 404


def test_a_release_that_was_not_counted_has_no_such_page(tmp_path: Path) -> None:
    build_project(tmp_path / "project")
    releases = tmp_path / "project" / "releases"
    next(releases.glob(f"*/{FILE}")).unlink()
    client = create_app(Settings(releases=releases)).test_client()
    assert client.get("/lod/links.ja.html").status_code == 404

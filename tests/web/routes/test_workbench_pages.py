"""The workbench as the server sends it: queries are opened, not run; no script is needed."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from publish.project.example_queries import SOURCE, SUFFIX
from publish.release.release import Release
from publish.settings import Settings
from publish.web.http import assets
from publish.web.routes.sparql import ROW_LIMIT
from server import HEADERS, create_app
from tests.support.real import ROOT
from tests.web.conftest import Page

NAMES = sorted(path.stem for path in (ROOT / SOURCE).glob(f"*{SUFFIX}"))
QUERY = 'SELECT * WHERE { ?s ?p "<b>霧</b>" }\n'
both = pytest.mark.parametrize("language", ["ja", "en"])


def page_at(client: FlaskClient, path: str, **headers: str) -> Page:
    answer = client.get(path, headers={name.replace("_", "-"): v for name, v in headers.items()})
    assert answer.status_code == 200
    return Page(answer.text)


@both
def test_the_form_lists_every_example_in_the_language_of_the_page(
    client: FlaskClient, release: Release, language: str
) -> None:
    page = page_at(client, f"/sparql.{language}.html")
    listed = [link for link in page.links if "?example=" in link]
    assert sorted(link.rpartition("=")[2] for link in listed) == NAMES
    assert all(link.startswith(f"/sparql.{language}.html?") for link in listed)
    for example in release.examples:
        assert (example.title.ja in page.text) is (language == "ja")
        assert (example.about.en in page.text) is (language == "en")


@both
def test_an_example_is_put_into_the_form_and_not_run(
    client: FlaskClient, release: Release, language: str
) -> None:
    page = page_at(client, f"/sparql.{language}.html?example=pillars-by-stage")
    (example,) = [one for one in release.examples if one.name == "pillars-by-stage"]
    assert example.query in page.text
    assert page.language == language
    assert not page.all("table")
    (current,) = page.all("a", **{"aria-current": "true"})
    assert current["href"] == f"/sparql.{language}.html?example=pillars-by-stage"
    other = "en" if language == "ja" else "ja"
    (switch,) = page.all("a", hreflang=other)
    assert switch["href"] == f"/sparql.{other}.html?example=pillars-by-stage"


def test_an_example_can_be_opened_without_naming_a_language(client: FlaskClient) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    answer = client.get("/sparql?example=regions", headers=headers)
    assert answer.headers["Content-Location"] == "/sparql.en.html?example=regions"
    again = client.get(
        "/sparql?example=regions", headers=headers | {"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/sparql?example=no-such", "/sparql.ja.html?example="])
def test_an_unknown_example_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/html"}).status_code == 404


@both
def test_a_link_with_a_query_opens_it_without_running_it(
    client: FlaskClient, language: str
) -> None:
    path = f"/sparql.{language}.html?query={quote(QUERY, safe='')}"
    answer = client.get(path)
    page = Page(answer.text)
    assert QUERY in page.text
    assert not page.all("table")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Language"] == page.language == language
    assert answer.headers["X-Robots-Tag"] == "noindex"
    other = "en" if language == "ja" else "ja"
    (switch,) = page.all("a", hreflang=other)
    assert switch["href"] == path.replace(f".{language}.", f".{other}.")


def test_what_would_be_refused_can_be_opened_too(client: FlaskClient) -> None:
    for query in ("DROP ALL", "SELECT", "", "x" * 40_000):
        answer = client.get("/sparql.ja.html", query_string={"query": query})
        assert answer.status_code == 200
        assert query in Page(answer.text).text


def test_the_page_works_without_the_bundle(settings: Settings, release: Release) -> None:
    assert release.id
    kept = dict(assets.published())
    with pytest.MonkeyPatch.context() as patch:
        without = {name: path for name, path in kept.items() if path.name != "workbench.js"}
        patch.setattr(assets, "published", lambda: without)
        page = page_at(create_app(settings).test_client(), "/sparql.ja.html")
    names = [script["src"].partition("-")[0] for script in page.all("script")]
    assert names == ["/static/suggest", "/static/page"]
    assert page.all("textarea", name="query") and page.all("button", type="submit")


def test_the_bundle_is_a_script_of_ours_and_nothing_is_inline(client: FlaskClient) -> None:
    if not assets.exists("workbench.js"):
        pytest.skip("the editor is not bundled: npm is missing (make setup)")
    page = page_at(client, "/sparql.en.html")
    *_, script, data = page.all("script")
    assert script["src"].startswith("/static/workbench-") and script["src"].endswith(".js")
    assert data["type"] == "application/json"
    texts = json.loads(page.scripts[0])
    assert texts["chart"] == "Chart" and all(texts.values())
    assert not [a for _, a in page.elements if "style" in a or any(n.startswith("on") for n in a)]
    policy = HEADERS["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy


def test_things_and_lists_open_their_queries_in_the_workbench(client: FlaskClient) -> None:
    for path, asked in (
        ("/doc/initiative/telemedicine", "<http://127.0.0.1:8000/id/initiative/telemedicine>"),
        ("/doc/municipality", "?thing a <http://127.0.0.1:8000/ontology#Municipality>"),
    ):
        for language, name in (("ja", "SPARQLで開く"), ("en", "Open in SPARQL")):
            page = page_at(client, f"{path}.{language}.html")
            assert name in page.text
            (link,) = [link for link in page.links if "?query=" in link]
            assert urlsplit(link).path == f"/sparql.{language}.html"
            (query,) = parse_qs(urlsplit(link).query)["query"]
            assert asked in query
            opened = client.get(link)
            assert opened.status_code == 200 and query in Page(opened.text).text
            answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
            assert answer.status_code == 200 and answer.text.count("\n") > 10


def test_the_second_page_of_a_list_opens_its_own_query(client: FlaskClient) -> None:
    page = page_at(client, "/doc/municipality.ja.html?page=2")
    (link,) = [link for link in page.links if "?query=" in link]
    assert "LIMIT 50 OFFSET 50" in parse_qs(urlsplit(link).query)["query"][0]


def test_terms_for_the_editor_are_cached_with_an_entity_tag(client: FlaskClient) -> None:
    answer = client.get("/sparql/terms.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert answer.get_json()["prefixes"]["skos"] == "http://www.w3.org/2004/02/skos/core#"
    again = client.get("/sparql/terms.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_project_without_examples_has_a_form_without_a_list(small: FlaskClient) -> None:
    page = page_at(small, "/lod/sparql.en.html")
    assert page.all("textarea", id="query")
    assert "Example queries" not in page.text
    form = page.all("form", id="workbench")[0]
    assert form["data-terms"] == "/lod/sparql/terms.json"
    assert form["data-address"] == "https://data.example.jp/lod/sparql"


def test_only_the_protocol_runs_a_query(client: FlaskClient) -> None:
    asked = {"query": "SELECT ?x { BIND(1 AS ?x) }"}
    run = client.get("/sparql", query_string=asked, headers={"Accept": "text/html"})
    assert Page(run.text).all("table")
    assert ROW_LIMIT in run.headers
    opened = client.get("/sparql.en.html", query_string=asked)
    assert not Page(opened.text).all("table")


def test_the_editor_is_made_of_files_that_are_checked_in() -> None:
    directory = Path(assets.DIRECTORY).parent / "editor"
    names = {path.name for path in directory.iterdir()}
    assert {"package.json", "package-lock.json", "main.js"} <= names
    assert "node_modules" not in names

"""Another publisher's name, logo, icon and colours, without a line of Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publish.build import build
from publish.web.app.theme import HARMLESS
from server import HEADERS, create_app
from tests.project.test_theme import SVG, put
from tests.support.projects import append, edit, settings_for, write_project
from tests.web.conftest import Page

CSS = ":root { --key: #115a36; }\n.brand { background: url(logo.svg); }\n"
LOGO = "catalog:dataset <http://xmlns.com/foaf/0.1/logo> <theme/logo.svg> .\n"
PAGES = ("/lod/", "/lod/about", "/lod/doc/plan", "/lod/doc/plan/remote-care", "/lod/sparql")
PERSON = {"Accept": "text/html", "Accept-Language": "ja"}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = write_project(tmp_path_factory.mktemp("themed") / "project")
    put(project, "theme.css", CSS)
    put(project, "logo.svg")
    put(project, "icon.svg", SVG.replace("M0 0", "M1 1"))
    catalog = project / "data" / "catalog.ttl"
    name = '"霞県の計画データ"@ja , "Plans of Kasumi Prefecture"@en ;'
    edit(catalog, name, name.replace("の計画データ", "オープンデータ"))
    append(catalog, LOGO)
    build(settings_for(project))
    return project


@pytest.fixture
def themed(directory: Path) -> FlaskClient:
    return create_app(settings_for(directory)).test_client()


def page_at(client: FlaskClient, path: str, status: int = 200) -> Page:
    answer = client.get(path, headers=PERSON)
    assert answer.status_code == status
    return Page(answer.text)


def styles(page: Page) -> list[str]:
    return [link["href"] for link in page.all("link", rel="stylesheet")]


@pytest.mark.parametrize("path", PAGES)
def test_name_logo_icon_and_colours_are_on_every_page(themed: FlaskClient, path: str) -> None:
    page = page_at(themed, path)
    assert "霞県オープンデータ" in page.text and "霞県の計画データ" not in page.text
    (logo,) = page.all("img")
    (icon,) = page.all("link", rel="icon")
    assert re.fullmatch(r"/lod/theme/logo-[0-9a-f]{12}\.svg", logo["src"])
    assert "alt" in logo
    assert re.fullmatch(r"/lod/theme/icon-[0-9a-f]{12}\.svg", icon["href"])
    # after the site's own, so that it prevails
    own = next(place for place, href in enumerate(styles(page)) if "/static/style-" in href)
    theirs = next(place for place, href in enumerate(styles(page)) if "/lod/theme/theme-" in href)
    assert own < theirs


def test_pages_of_errors_have_the_looks_too(themed: FlaskClient) -> None:
    page = page_at(themed, "/lod/doc/plan/nothing", 404)
    assert page.all("img")[0]["src"].startswith("/lod/theme/logo-")
    assert any("/lod/theme/theme-" in href for href in styles(page))


def test_the_files_are_kept_for_ever_under_names_that_change(themed: FlaskClient) -> None:
    page = page_at(themed, "/lod/")
    addresses = [page.all("img")[0]["src"], styles(page)[-1]]
    answers = [themed.get(address) for address in addresses]
    assert [answer.data for answer in answers] == [SVG.encode(), CSS.encode()]
    assert [answer.mimetype for answer in answers] == ["image/svg+xml", "text/css"]
    assert all("immutable" in answer.headers["Cache-Control"] for answer in answers)


def test_the_logo_has_a_lasting_name_too_which_is_in_the_data(themed: FlaskClient) -> None:
    assert "<theme/logo.svg>" in LOGO
    assert "/lod/theme/logo.svg>" in themed.get("/lod/graph/catalog.nt").text
    answer = themed.get("/lod/theme/logo.svg")
    assert answer.data == SVG.encode()
    assert "immutable" not in answer.headers["Cache-Control"]
    again = themed.get("/lod/theme/logo.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_image_that_is_opened_runs_no_script(themed: FlaskClient) -> None:
    for _ in range(2):  # the second answer comes from memory
        answer = themed.get("/lod/theme/logo.svg")
        assert answer.headers["Content-Security-Policy"] == HARMLESS
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in HARMLESS and "sandbox" in HARMLESS
    assert "script-src" not in HARMLESS


def test_pages_load_images_from_this_host_only(themed: FlaskClient) -> None:
    policy = themed.get("/lod/", headers=PERSON).headers["Content-Security-Policy"]
    assert policy == HEADERS["Content-Security-Policy"]
    assert "img-src 'self' data:;" in policy


@pytest.mark.parametrize("name", ["other.svg", "theme.css.map", "logo-000000000000.svg", ".."])
def test_nothing_else_is_served(themed: FlaskClient, name: str) -> None:
    assert themed.get(f"/lod/theme/{name}").status_code == 404


def test_without_a_theme_pages_have_the_sites_own_looks(small: FlaskClient) -> None:
    page = page_at(small, "/lod/")
    assert not page.all("img")
    assert not any("/theme/" in href for href in styles(page))
    assert "/lod/static/icon-" in page.all("link", rel="icon")[0]["href"]


def test_the_about_page_owns_that_changed_colours_are_not_tested(
    themed: FlaskClient, small: FlaskClient
) -> None:
    said = "公開者が変えた配色は、この試験に含まれていません。"
    assert said in page_at(themed, "/lod/about").text
    assert said not in page_at(small, "/lod/about").text

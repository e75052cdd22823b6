from __future__ import annotations

import re
from itertools import pairwise

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from publish.release.release import Release
from tests.web.conftest import Page

PAGES = [
    "/index",
    "/about",
    "/charts",
    "/doc",
    "/doc/initiative",
    "/doc/municipality",
    "/doc/initiative/telemedicine",
    "/doc/activity/expert-panel-meetings-2020",
    "/doc/region/sorachi",
    "/doc/municipality/011002",
    "/doc/passage/society5-direction-2021-10",
    "/doc/geometry/region-sorachi",
    "/doc/organization/publisher",
    "/ontology",
    "/shapes",
    "/graph/source",
    "/graph/catalog",
    "/catalog",
    "/void",
    "/dump",
]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
both = pytest.mark.parametrize("language", ["ja", "en"])
every = pytest.mark.parametrize("path", PAGES)


def page_at(client: FlaskClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200
    return Page(answer.text)


@every
@both
def test_a_page_is_whole_and_in_its_language(client: FlaskClient, path: str, language: str) -> None:
    page = page_at(client, f"{path}.{language}.html")
    assert page.language == language
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    assert page.all("header") and page.all("footer") and page.all("nav")
    assert page.all("a", href="#main")[0]["class"] == "skip"
    other = "en" if language == "ja" else "ja"
    (switch,) = [link for link in page.all("a", hreflang=other)]
    assert switch["href"] == f"{path}.{other}.html"


@every
def test_headings_do_not_skip_a_level(client: FlaskClient, path: str) -> None:
    page = page_at(client, f"{path}.ja.html")
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every
def test_ids_are_unique_and_labels_point_to_them(client: FlaskClient, path: str) -> None:
    page = page_at(client, f"{path}.ja.html")
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    pointed = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert pointed <= set(ids)


def untagged(release: Release) -> list[str]:
    """Return the texts with Japanese characters that the data do not say to be Japanese."""
    literals = {quad.object for quad in release.store if isinstance(quad.object, ox.Literal)}
    texts = {one.value for one in literals if one.language in (None, "en")}
    return sorted(
        (str(escape(text)) for text in texts if JAPANESE.search(text)), key=len, reverse=True
    )


@every
def test_japanese_on_an_english_page_is_marked(
    client: FlaskClient, release: Release, path: str
) -> None:
    html = client.get(f"{path}.en.html").text
    for text in untagged(release):
        html = html.replace(text, "")
    html = re.sub(r"<(script|head|code)\b.*?</\1>", "", html, flags=re.S)
    marked = re.sub(r'<(\w+)[^>]*\blang="ja(-\w+)?"[^>]*>.*?</\1>', "", html, flags=re.S)
    assert JAPANESE.findall(re.sub(r"<[^>]*>", "", marked)) == []


@every
@both
def test_links_are_path_absolute_and_answer(client: FlaskClient, path: str, language: str) -> None:
    page = page_at(client, f"{path}.{language}.html")
    for href in set(page.links):
        assert href.startswith(("/", "#", "http://", "https://")), href
        address = href.partition("#")[0]
        if address.startswith("/") and address != "/sparql":
            assert client.head(address, buffered=True).status_code in (200, 303), href


@every
def test_links_keep_the_language(client: FlaskClient, path: str) -> None:
    page = page_at(client, f"{path}.en.html")
    assert [href for href in page.links if href.endswith(".ja.html")] == [f"{path}.ja.html"]


def test_a_page_names_its_canonical_address_and_its_data(
    client: FlaskClient, release: Release
) -> None:
    page = page_at(client, "/doc/initiative/telemedicine.en.html")
    (canonical,) = page.all("link", rel="canonical")
    assert canonical["href"] == release.iris.of("doc/initiative/telemedicine.en.html")
    (turtle,) = page.all("link", rel="alternate", type="text/turtle")
    assert turtle["href"] == "/doc/initiative/telemedicine.ttl"
    assert len(page.all("link", rel="alternate", hreflang="ja")) == 1


def test_the_page_of_a_thing_shows_what_is_known(client: FlaskClient, release: Release) -> None:
    page = page_at(client, "/doc/region/sorachi.ja.html")
    for text in ("空知地域", "ソラチ", "01420", release.iris.thing("region", "sorachi")):
        assert text in page.text
    assert "/doc/municipality/012106.ja.html" in page.links


def test_each_statement_shows_where_it_comes_from(client: FlaskClient) -> None:
    page = page_at(client, "/doc/initiative/telemedicine.ja.html")
    for graph in ("source", "editorial"):
        badges = page.all("a", **{"class": f"badge of-{graph}"})
        assert badges and badges[0]["href"] == f"/graph/{graph}.ja.html"


def test_sub_resources_are_shown_inside(client: FlaskClient) -> None:
    page = page_at(client, "/doc/initiative/telemedicine.ja.html")
    assert "医療機関相互の連携" in page.text


def test_geometries_are_shortened_on_pages_only(client: FlaskClient) -> None:
    whole = client.get("/doc/geometry/region-sorachi.ttl").text
    html = re.sub(
        r"<(script|svg).*?</\1>",
        "",
        client.get("/doc/geometry/region-sorachi.ja.html").text,
        flags=re.S,
    )
    wkt = re.search(r'"([^"]*POLYGON[^"]*)"', whole)
    assert wkt and len(wkt[1]) > 1000
    assert wkt[1] not in html
    assert "POLYGON" in html and len(html) < 12_000


def test_the_preview_is_announced(client: FlaskClient, small: FlaskClient) -> None:
    assert page_at(client, "/index.ja.html").all("p", role="note")
    assert not page_at(small, "/lod/index.ja.html").all("p", role="note")


def test_every_page_says_whose_publication_it_is_in_both_languages(client: FlaskClient) -> None:
    for path in ("/index.ja.html", "/doc/pillar/living.en.html"):
        text = page_at(client, path).text
        assert "北海道の公式な刊行物ではない" in text
        assert "not an official publication of Hokkaido" in text


def test_the_about_page_has_every_credit(client: FlaskClient, release: Release) -> None:
    text = page_at(client, "/about.ja.html").text
    assert "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成" in text
    assert "資料の利用条件は不明である" in text
    assert "GeoNamesのデータ（CC BY 4.0）を含む" in text
    assert release.iris.base in text


def test_another_publisher_needs_no_change_of_the_program(small: FlaskClient) -> None:
    for path in ("/lod/", "/lod/about", "/lod/doc/plan/remote-care", "/lod/ontology"):
        page = page_at(small, path)
        assert "霞県の計画データ" in page.text
        assert "北海道" not in page.text


def test_pages_need_no_script_and_set_no_cookie(client: FlaskClient) -> None:
    answer = client.get("/doc/initiative/telemedicine.ja.html")
    page = Page(answer.text)
    run = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
    names = [script["src"].partition("-")[0] for script in run]
    assert names == ["/static/suggest", "/static/page"]
    assert not any("style" in attributes for _, attributes in page.elements)
    assert not any(name.startswith("on") for _, a in page.elements for name in a)
    assert "Set-Cookie" not in answer.headers

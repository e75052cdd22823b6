"""What the rows of a page are called, and how their values are shown."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.browse.lists import members
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.release.release import Release
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.http.cache import Kept
from publish.web.views.facts import number, property_rows
from tests.web.conftest import Page


def page_at(client: FlaskClient, path: str) -> Page:
    return Page(client.get(path).text)


def test_a_property_has_the_name_that_the_type_of_the_thing_gives_it(client: FlaskClient) -> None:
    # dcterms:hasPart: initiatives of a project, passages of a document
    text = page_at(client, "/doc/initiative/telemedicine.ja.html").text
    assert "これを「含まれる取組」とする" in text
    assert "これを「出典箇所」とする" not in text


@pytest.mark.parametrize(("language", "name"), [("ja", "識別子"), ("en", "Identifier")])
def test_what_types_name_differently_has_a_neutral_name_elsewhere(
    client: FlaskClient, language: str, name: str
) -> None:
    # dcterms:identifier: the code of a municipality, the year of a fiscal year
    html = client.get(f"/catalog.{language}.html").text
    names = re.findall(
        r'<dt><a href="http://purl.org/dc/terms/identifier"[^>]*>(.*?)</a></dt>', html
    )
    assert set(names) == {name}


def test_japanese_that_the_data_do_not_tag_is_marked_on_an_english_page(
    client: FlaskClient,
) -> None:
    html = client.get("/doc/activity/expert-panel-meetings-2020.en.html").text
    assert '<span lang="ja">R2年度：５回</span>' in html


def test_a_text_of_several_lines_without_a_language_is_code(release: Release) -> None:
    view = View(Site(release, Kept(0)), "ja", "doc/stage/done")
    property_, subject = node(ns.SH + "select"), node("http://example.org/query")
    texts = (ox.Literal("SELECT *\nWHERE { }"), ox.Literal("SELECT * WHERE { }"))
    (row,) = property_rows(view, [ox.Quad(subject, property_, text) for text in texts])
    assert {value.text: value.is_code for value in row.values} == {
        "SELECT *\nWHERE { }": True,
        "SELECT * WHERE { }": False,
    }


def test_names_of_types_and_properties_begin_with_a_capital_in_english(client: FlaskClient) -> None:
    html = client.get("/doc/municipality.en.html").text
    assert "<h1>Municipality</h1>" in html
    assert ">Local government code<" in client.get("/doc/municipality/012106.en.html").text


# -- Dates and numbers ------------------------------------------------------------------------------


def test_dates_are_written_with_the_year_of_the_era(client: FlaskClient) -> None:
    path = "/doc/strategy/society5-promotion-plan"
    japanese = client.get(f"{path}.ja.html").text
    assert '<time datetime="2021-03">2021年3月（令和3年3月）</time>' in japanese
    english = client.get(f"{path}.en.html").text
    assert '<time datetime="2021-03">March 2021 (Reiwa 3)</time>' in english


def test_a_fiscal_year_keeps_its_own_name(client: FlaskClient) -> None:
    assert "<h1>令和2年度</h1>" in client.get("/doc/fiscal-year/2020.ja.html").text
    assert "<h1>Fiscal year 2020 (Reiwa 2)</h1>" in client.get("/doc/fiscal-year/2020.en.html").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0", "0"),
        ("999", "999"),
        ("1000", "1,000"),
        ("-1234567.50", "-1,234,567.50"),
        ("43.20652", "43.20652"),
        ("012345", "012345"),
        ("1e6", "1e6"),
        ("", ""),
    ],
)
def test_thousands_are_separated_in_numbers_only(text: str, shown: str) -> None:
    assert number(text) == shown


def test_a_number_is_marked_up_with_its_value(client: FlaskClient) -> None:
    html = client.get("/doc/activity/expert-panel-meetings-2020.ja.html").text
    assert '<data value="5">5</data>' in html


# -- What belongs together --------------------------------------------------------------------------


def test_a_reason_stands_in_the_row_of_what_it_explains(client: FlaskClient) -> None:
    html = client.get("/doc/initiative/telemedicine.ja.html").text
    row = next(row for row in html.split("<dt>") if "実施段階</a>" in row)
    assert "実施段階の判断理由" in row
    assert "時期の記載はない" in row
    assert html.count("実施段階の判断理由") == 1


def test_a_reason_without_what_it_explains_has_a_row_of_its_own(release: Release) -> None:
    view = View(Site(release, Kept(0)), "ja", "doc/initiative/telemedicine")
    kind = release.shapes.kind("initiative")
    thing = release.iris.thing("initiative", "telemedicine")
    quads = release.store.quads_for_pattern(node(thing), None, None)
    reasons = [quad for quad in quads if quad.predicate.value.endswith("#stageReason")]
    (row,) = property_rows(view, reasons, kind)
    assert (row.name, row.because) == ("実施段階の判断理由", ())


def test_the_numbers_of_a_group_are_one_row(client: FlaskClient) -> None:
    japanese = client.get("/doc/passage/society5-direction-2021-97.ja.html").text
    assert ">行</a>" in japanese
    assert "<dd>97～102 " in japanese
    assert "最初の行" not in japanese and "最後の行" not in japanese
    assert "<dd>97–102 " in client.get("/doc/passage/society5-direction-2021-97.en.html").text


def test_a_group_whose_numbers_are_equal_shows_one(client: FlaskClient) -> None:
    assert "<dd>96 " in client.get("/doc/passage/society5-direction-2021-96.ja.html").text


def test_what_has_the_same_name_is_told_apart(client: FlaskClient) -> None:
    html = client.get("/doc/document/society5-direction-2021.ja.html").text
    lines = re.findall(r'遠隔医療の推進</a> <span class="where"><span>.*?</span> ([^<]*)', html)
    assert lines == ["96", "97～102"]


def test_a_graph_that_states_many_values_is_named_once(client: FlaskClient) -> None:
    html = client.get("/doc/prefecture/01.ja.html").text
    row = next(row for row in html.split("<div>") if "/id/" not in row and "岩見沢市</a>" in row)
    assert row.count('class="badge of-derived"') == 1
    assert row.count("<dd>") > 179


# -- Order and names --------------------------------------------------------------------------------


def test_things_of_ours_stand_in_the_order_of_their_lists(client: FlaskClient) -> None:
    html = client.get("/doc/prefecture/01.ja.html").text
    first = html.split("含まれる区域", 1)[1]
    links = [link for link in re.findall(r'<dd><a href="/doc/(\w+/\w+)\.ja', first)]
    codes = [link for link in links if link.startswith("municipality/")]
    assert codes == sorted(codes) and len(codes) == 179
    assert [link.partition("/")[0] for link in links[:14]] == ["region"] * 14


def test_passages_stand_in_the_order_of_their_lines(client: FlaskClient) -> None:
    html = client.get("/doc/document/society5-direction-2021.ja.html").text
    row = next(row for row in html.split("<dt>") if row.count("/doc/passage/") > 9)
    lines = [int(line) for line in re.findall(r"society5-direction-2021-(\d+)\.ja", row)]
    assert lines == sorted(lines) and len(lines) > 60


def test_what_other_data_describe_is_named_by_them(client: FlaskClient) -> None:
    page = client.get("/doc/municipality/012106.ja.html").text
    assert ">Wikidata Q693264</a>" in page
    assert ">GeoNames 2129869</a>" in page
    assert ">e-Stat 統計LOD 標準地域コード C01210</a>" in page


def test_the_address_of_a_page_elsewhere_is_shown_as_people_write_it(client: FlaskClient) -> None:
    page = client.get("/doc/municipality/012106.ja.html").text
    assert ">www.city.iwamizawa.hokkaido.jp</a>" in page


def test_a_part_without_a_name_is_named_by_what_it_belongs_to(client: FlaskClient) -> None:
    page = client.get("/doc/geometry/region-sorachi.ja.html").text
    assert "<h1>空知地域の境界</h1>" in page
    assert "<h1>geometry of Sorachi</h1>" in client.get("/doc/geometry/region-sorachi.en.html").text


def test_no_link_shows_a_bare_iri(client: FlaskClient, release: Release) -> None:
    for kind in release.shapes.kinds:
        iri = members(release.store, release.iris, kind)[0]
        path = release.iris.path(release.iris.document_of(iri) or "")
        for language in ("ja", "en"):
            html = client.get(f"{path}.{language}.html").text
            bare = re.findall(r"<a [^>]*>(https?://[^<]*)</a>", html)
            assert bare == [], path

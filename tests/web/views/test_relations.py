"""Parts, sources, links out and links in, as the page of a thing shows them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from publish.release.release import Release
from tests.support.real import rows
from tests.web.conftest import Page


def section(client: FlaskClient, path: str, heading: str) -> str:
    """Return the HTML of the section with a heading."""
    html = client.get(path).text
    start = html.index(f'aria-labelledby="{heading}"')
    return html[start : html.index("</section>", start)]


# -- Sources -----------------------------------------------------------------------------------------


def test_the_source_of_a_thing_stands_beside_its_facts(client: FlaskClient) -> None:
    shown = section(client, "/doc/initiative/telemedicine.ja.html", "supports-1")
    assert 'class="badge of-source"' in shown
    assert 'href="/doc/passage/society5-direction-2021-96.ja.html">遠隔医療の推進</a>' in shown
    assert ">行</span> 96</span>" in shown
    assert "/doc/passage/society5-direction-2021-6.ja.html" in shown


def test_each_part_has_its_own_source(client: FlaskClient) -> None:
    html = client.get("/doc/initiative/remote-lesson-hub.ja.html").text
    parts = re.split(r'<section class="part">', html)[1:]
    assert parts
    for part in parts:
        assert "/doc/passage/society5-direction-2021-" in part
        assert re.search(r">行</span> \d+", part)


def test_the_text_of_the_source_is_nowhere(client: FlaskClient) -> None:
    html = client.get("/doc/passage/society5-direction-2021-97.ja.html").text
    facts = html[html.index("<dl") : html.index("</dl>")]
    longest = max(len(re.sub(r"<[^>]*>", "", dd)) for dd in re.findall(r"<dd>(.*?)</dd>", facts))
    assert longest < 80


def test_where_another_graph_alone_is_shown_there_is_no_source(client: FlaskClient) -> None:
    html = client.get("/doc/initiative/telemedicine.ja.html?graph=editorial").text
    assert 'class="supports"' not in html


# -- Links out ---------------------------------------------------------------------------------------


def test_links_to_other_data_stand_under_the_name_of_their_relation(client: FlaskClient) -> None:
    shown = section(client, "/doc/municipality/012106.ja.html", "elsewhere")
    names = re.findall(r"<h3>([^<]*)", shown)
    assert names == [
        "同じものを表す外部データ",
        "期間を限った外部データ",
        "近いものを表す外部データ",
        "関連する外部データ",
    ]


def test_a_link_tells_its_linkset_with_method_and_confidence(client: FlaskClient) -> None:
    shown = section(client, "/doc/municipality/012106.en.html", "elsewhere")
    (wikidata,) = [one for one in shown.split("<li>") if "Wikidata Q693264" in one]
    assert 'rel="external noopener"' in wikidata
    assert "/doc/linkset/wikidata-confirmed.en.html" in wikidata
    assert "Method of linking" in wikidata and "Who&#39;s On First" in wikidata
    assert "Confidence" in wikidata and "high" in wikidata
    assert "void:" not in wikidata


def test_what_a_linkset_says_of_itself_is_no_link_to_other_data(client: FlaskClient) -> None:
    html = client.get("/doc/linkset/wikidata-confirmed.ja.html").text
    assert 'id="elsewhere"' not in html
    assert ">リンク先のデータセット</a>" in html


# -- Links in ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "これを「施策の柱」とする取組"),
        ("en", "Initiative whose “pillar” is this"),
    ],
)
def test_incoming_links_are_grouped_in_words(client: FlaskClient, language: str, said: str) -> None:
    shown = section(client, f"/doc/pillar/living.{language}.html", "incoming")
    (summary,) = [one for one in re.findall(r"<summary>(.*?)</summary>", shown) if said in one]
    assert ">5" in summary


def test_the_list_of_what_refers_to_a_thing_has_as_many(client: FlaskClient) -> None:
    shown = section(client, "/doc/pillar/living.ja.html", "incoming")
    group = next(one for one in shown.split("<details") if "これを「施策の柱」とする取組" in one)
    (count,) = re.findall(r'class="count">(\d+)件', group)
    (listed,) = re.findall(r'href="(/doc/initiative\.ja\.html\?[^"]*)"', group)
    assert f"{count}件" in Page(client.get(listed).text).text


def test_of_many_some_are_shown_and_a_query_finds_all(
    client: FlaskClient, release: Release
) -> None:
    html = client.get("/doc/linkset/wikidata-confirmed.ja.html").text
    group = next(one for one in html.split("<details") if "「リンクセット」" in one)
    (count,) = re.findall(r'class="count">([\d,]+)件', group)
    assert group.count('<li><a href="http://www.wikidata.org/') == 20 < int(count)
    (opened,) = re.findall(r'href="(/sparql[^"]*)"', group)
    (query,) = parse_qs(urlsplit(opened.replace("&amp;", "&")).query)["query"]
    assert len(rows(release.store, query)) == int(count)


def test_many_that_the_thing_itself_names_are_only_counted(client: FlaskClient) -> None:
    shown = section(client, "/doc/prefecture/01.ja.html", "incoming")
    group = next(one for one in shown.split("<details") if "とする市町村" in one)
    assert "179件" in group
    assert "どれも、このページの項目に示したものです。" in group
    assert "/doc/municipality/" not in group


def test_every_group_has_a_name_without_an_iri(client: FlaskClient) -> None:
    for path in ("/doc/document/society5-direction-2021", "/doc/organization/publisher"):
        shown = client.get(f"{path}.ja.html").text
        assert [
            one for one in re.findall(r"<summary>(.*?)</summary>", shown) if "http" in one
        ] == []


def test_kasumi_which_has_fewer_kinds_of_links(small: FlaskClient) -> None:
    page = Page(small.get("/lod/doc/town/992020.en.html").text)
    assert "whose “towns” is this" in page.text
    assert "/lod/doc/plan.en.html?town=992020" in page.links
    assert page.all("svg") == []

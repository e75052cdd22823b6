"""The page of charts: drawings, the same numbers as tables, queries and CSV; in Chromium, too."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from html5lib import HTMLParser

from publish.release.release import Release
from tests.support.browser import Browser
from tests.support.real import rows

PERSON = {"Accept": "text/html"}
NAMES = ["by-pillar", "by-region", "by-topic-and-stage", "activities"]
SILENT = {"ja": "この資料（2ページ）に記載なし", "en": "not in this document (2 pages)"}
WITHOUT = """PREFIX s5: <ontology#>
SELECT (COUNT(DISTINCT ?i) AS ?n) {{
  ?i a s5:Initiative . {1} MINUS {{ ?i s5:{0} ?any }}
}}"""
both = pytest.mark.parametrize("language", ["ja", "en"])
every = pytest.mark.parametrize("name", NAMES)


def html(client: FlaskClient, address: str = "/charts.ja.html") -> str:
    answer = client.get(address, headers=PERSON)
    assert answer.status_code == 200
    return answer.text


def section(text: str, name: str) -> str:
    """Return the part of the page with a figure."""
    return text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def drawn(text: str, name: str) -> str:
    return section(text, name).partition("<svg")[2].partition("</svg>")[0]


def table(text: str, name: str) -> list[list[str]]:
    """Return the cells of a figure's table, without its head."""
    body = section(text, name).partition("<tbody>")[2].partition("</tbody>")[0]
    found = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [list(map(plain, re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL))) for row in found]


def asked(text: str, name: str) -> str:
    """Return the query that a figure leads to."""
    chips = section(text, name).rpartition('<ul class="chips">')[2]
    addresses = re.findall(r'<a href="([^"]*)"', chips)
    (opening,) = [str(one) for one in addresses if re.match(r"/sparql\.(ja|en)\.html\?", one)]
    (query,) = parse_qs(urlsplit(opening.replace("&amp;", "&")).query)["query"]
    return query


# -- What is there --------------------------------------------------------------------------------


@both
def test_every_figure_has_a_title_an_explanation_and_an_anchor(
    client: FlaskClient, language: str
) -> None:
    text = html(client, f"/charts.{language}.html")
    assert re.findall(r'<h2 id="([^"]*)"', text) == NAMES
    assert all(re.search(r"</h2>\s*<p>", section(text, name)) for name in NAMES)
    assert [one for one in re.findall(r'href="#([^"]*)"', text) if one != "main"] == NAMES


def test_the_page_comes_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/charts", headers=PERSON | {"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en"
    assert answer.headers["Content-Location"] == "/charts.en.html"
    assert client.get("/charts", headers={"Accept": "text/turtle"}).status_code == 406


def test_the_page_is_below_100_kb(client: FlaskClient) -> None:
    assert len(html(client).encode()) < 100_000


@both
def test_the_page_of_any_project_is_html_without_an_error(
    client: FlaskClient, small: FlaskClient, language: str
) -> None:
    for one, root in ((client, "/"), (small, "/lod/")):
        content = one.get(f"{root}charts.{language}.html", headers=PERSON).data
        HTMLParser(strict=True).parse(content, transport_encoding="utf-8")


def test_a_project_that_names_no_figures_has_those_its_shapes_suggest(small: FlaskClient) -> None:
    text = html(small, "/lod/charts.en.html")
    assert re.findall(r'<h2 id="([^"]*)"', text) == ["plan-town", "plan-subject"]
    assert table(text, "plan-town") == [["Kasumi", "1"], ["Hama", "2"]]
    assert table(text, "plan-subject") == [["care", "1"], ["robotics", "1"]]


# -- The numbers ----------------------------------------------------------------------------------


def test_bars_have_their_names_and_numbers_and_the_lengths_of_these(client: FlaskClient) -> None:
    svg = drawn(html(client), "by-pillar")
    assert re.findall(r">([^<>\s]+)</?t(?:ext|span)\b", svg) == [
        "暮らし", "5", "産業", "6", "行政", "0", "データ利活用", "0", "基盤整備", "1",
    ]  # fmt: skip
    widths = [float(one) for one in re.findall(r'<rect[^>]* width="([\d.]+)%"', svg)]
    assert widths == [73.3, 88.0, 14.7]


@pytest.mark.parametrize("name", ["by-pillar", "by-region"])
@both
def test_a_table_says_the_same_as_its_bars(client: FlaskClient, name: str, language: str) -> None:
    text = html(client, f"/charts.{language}.html")
    said = re.findall(r"<text[^>]*>(.*?)</text>", drawn(text, name), re.DOTALL)
    flat = " ".join(plain(one) for one in said)
    told = [row for row in table(text, name) if row[1] not in SILENT.values()]
    assert flat == " ".join(f"{label} {count}" for label, count in told)
    assert len(told) in (4, 5)


@both
def test_regions_of_which_the_document_does_not_speak_have_no_bar_and_no_0(
    client: FlaskClient, language: str
) -> None:
    text = html(client, f"/charts.{language}.html")
    rows = table(text, "by-region")
    assert len(rows) == 14
    silent = [name for name, count in rows if count == SILENT[language]]
    assert len(silent) == 10
    assert not any(name in drawn(text, "by-region") for name in silent)
    below = section(text, "by-region").partition('<p class="beyond">')[2].partition("</p>")[0]
    assert re.findall(r"<a [^>]*>(.*?)</a>", below) == silent
    assert SILENT[language].lower() in plain(below).lower()


@both
@pytest.mark.parametrize("name", ["by-pillar", "by-region"])
def test_what_has_no_value_is_counted_beside_the_chart(
    client: FlaskClient, release: Release, name: str, language: str
) -> None:
    """The numbers are those of independent queries, and of the query that the text leads to."""
    counted, other = ("pillar", "region") if name == "by-pillar" else ("region", "pillar")
    (without,) = rows(release.store, WITHOUT.format(counted, ""))[0]
    (with_other,) = rows(release.store, WITHOUT.format(counted, f"?i s5:{other} ?other"))[0]
    part = section(html(client, f"/charts.{language}.html"), name)
    below = part.rpartition('<p class="beyond">')[2].partition("</p>")[0]
    assert list(map(int, re.findall(r"[0-9]+", plain(below)))) == [
        int(str(without)),
        int(str(with_other)),
    ]
    (address,) = re.findall(r'href="([^"]*)"', below)
    (query,) = parse_qs(urlsplit(address.replace("&amp;", "&")).query)["query"]
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    assert len(answer.text.splitlines()) == int(str(without)) + 1


def test_the_table_of_topics_and_stages_has_the_numbers_of_an_independent_query(
    client: FlaskClient, release: Release
) -> None:
    found = rows(
        release.store,
        """
        PREFIX s5: <ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?topic (COUNT(DISTINCT ?under) AS ?u) (COUNT(DISTINCT ?planned) AS ?p) {
          ?i a s5:Initiative ; dcterms:subject/skos:prefLabel ?topic . FILTER(LANG(?topic) = "en")
          OPTIONAL { ?i s5:stage <id/stage/under-way> BIND(?i AS ?under) }
          OPTIONAL { ?i s5:stage <id/stage/planned> BIND(?i AS ?planned) }
        } GROUP BY ?topic""",
    )
    cells = table(html(client, "/charts.en.html"), "by-topic-and-stage")
    assert sorted(cells) == sorted([str(value) for value in row] for row in found)
    assert cells[0] == ["Information and communication technology", "3", "5"]
    totals = [int(under) + int(planned) for _, under, planned in cells]
    assert totals == sorted(totals, reverse=True)


def test_counts_are_shaded_in_steps(client: FlaskClient) -> None:
    part = section(html(client), "by-topic-and-stage")
    shades = dict(re.findall(r'class="number shade-(\d)">(?:<a[^>]*>)?(\d)', part))
    assert {(int(count), int(step)) for step, count in shades.items()} <= {
        (0, 0), (1, 1), (2, 2), (3, 2), (5, 3), (6, 4),
    }  # fmt: skip
    assert {"0", "1", "2", "4"} <= shades.keys()


def test_a_number_leads_to_the_list_of_what_is_counted(client: FlaskClient) -> None:
    part = section(html(client), "by-topic-and-stage").replace("&amp;", "&")
    address = "/doc/initiative.ja.html?stage=planned&subject=tourism"
    assert f'href="{address}" rel="nofollow" aria-label="観光、実施予定：7件"' in part
    answer = client.get(address)
    assert answer.status_code == 200
    assert len(set(re.findall(r'href="/doc/initiative/([a-z0-9-]+)\.ja', answer.text))) == 7


def test_the_time_line_marks_months_and_counts_the_rest(client: FlaskClient) -> None:
    text = html(client)
    svg = drawn(text, "activities")
    assert plain(svg.replace("<svg", "")).endswith("時期の記載なし 7 7")
    assert re.findall(r'<circle[^>]*cx="([\d.]+)%"', svg) == ["37.7", "54.4", "95.8"]
    assert [row[:3] for row in table(text, "activities")] == [
        ["令和2年度", "2020年8月", "2"],
        ["令和2年度", "2020年10月", "1"],
        ["令和2年度", "2021年3月", "1"],
        ["令和2年度", "–", "2"],
        ["令和3年度", "–", "47"],
        ["時期の記載なし", "–", "7"],
    ]


def test_the_table_of_the_time_line_names_everything_once(client: FlaskClient) -> None:
    part = section(html(client), "activities").partition("<tbody>")[2]
    named = re.findall(r'<li><a href="(/doc/activity/[^"]*)"', part)
    assert len(named) == len(set(named)) == 60


# -- Where they come from ---------------------------------------------------------------------------


@every
@both
def test_the_query_behind_a_figure_gives_its_numbers_as_csv(
    client: FlaskClient, name: str, language: str
) -> None:
    text = html(client, f"/charts.{language}.html")
    address = re.findall(r'<a href="([^"]*)" rel="nofollow" type="text/csv"', section(text, name))
    answer = client.get(address[0].replace("&amp;", "&"))
    assert answer.content_type == "text/csv; charset=utf-8"
    found = list(csv.DictReader(io.StringIO(answer.text)))
    if "count" in found[0]:
        cells = [one for row in table(text, name) for one in row[1:]]
        shown = [int(one) for one in cells if one not in SILENT.values()]
        told = [row["covered"] for row in found] if "covered" in found[0] else []
        assert told.count("false") == len(cells) - len(shown)
        assert sum(int(row["count"]) for row in found) == sum(shown)
    else:
        assert len(found) == sum(int(row[2]) for row in table(text, name))


@every
def test_the_query_behind_a_figure_opens_in_the_workbench(client: FlaskClient, name: str) -> None:
    query = asked(html(client), name)
    assert query.startswith("PREFIX ")
    assert "\nSELECT " in query
    assert client.get("/sparql.ja.html", query_string={"query": query}).status_code == 200


# -- In the browser -------------------------------------------------------------------------------


@both
def test_nothing_in_a_drawing_is_cut_off_and_letters_keep_their_size(
    browser: Browser, language: str
) -> None:
    script = """
    const outside = [...document.querySelectorAll('.chart svg *')].filter(one => {
      const box = one.getBoundingClientRect(), svg = one.closest('svg').getBoundingClientRect();
      return box.left < svg.left - 16 || box.right > Math.min(svg.right + 16, innerWidth)
        || box.bottom > svg.bottom + 1;
    });
    const sizes = [...document.querySelectorAll('.chart svg text')]
      .map(text => text.getBoundingClientRect().height);
    return [outside.map(one => one.outerHTML), Math.min(...sizes),
      document.documentElement.scrollWidth - document.documentElement.clientWidth];
    """
    for width in (1280, 390, 320):
        browser.open(f"charts.{language}.html", language, width=width)
        outside, smallest, too_wide = browser.driver.execute_script(script)
        assert (outside, too_wide) == ([], 0), width
        assert smallest >= 12


def test_a_drawing_is_an_image_with_a_name(browser: Browser) -> None:
    browser.open("charts.en.html", "en")
    drawings = browser.all(".chart svg")
    assert [one.accessible_name for one in drawings] == [
        "Initiatives by pillar",
        "Initiatives by region",
        "When activities take place",
    ]
    assert {one.aria_role for one in drawings} == {"image"}

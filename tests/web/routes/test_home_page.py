"""The home page: the map of the regions, what is counted, ways in; over HTTP and in Chromium."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from html5lib import HTMLParser
from selenium.webdriver.common.keys import Keys

from publish.build import build
from publish.release.release import Release
from server import create_app
from tests.support.browser import Browser
from tests.support.projects import append, settings_for, write_project
from tests.support.real import number, rows
from tests.web.conftest import Page

PERSON = {"Accept": "text/html"}
both = pytest.mark.parametrize("language", ["ja", "en"])


def html(client: FlaskClient, address: str = "/index.ja.html") -> str:
    answer = client.get(address, headers=PERSON)
    assert answer.status_code == 200
    return answer.text


def drawing(text: str) -> str:
    """Return the map in a page."""
    return text.partition("<svg")[2].partition("</svg>")[0]


def links(text: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)"', text)


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the small project, to whose towns outlines were given."""
    project = write_project(tmp_path_factory.mktemp("mapped") / "project")
    append(
        project / "shapes" / "plan.ttl",
        """
        shape:Geometry a sh:NodeShape ; sh:targetClass <http://www.opengis.net/ont/geosparql#Geometry> ;
            void:uriSpace "id/geometry/" ; rdfs:label "境界"@ja , "Geometries"@en ; sh:order 9 .
        """,
    )
    (project / "data" / "reference.geometries.ttl").write_text(
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#>\n"
        + "".join(
            f"<id/town/{key}> geo:hasDefaultGeometry <id/geometry/{key}> .\n"
            f"<id/geometry/{key}> a geo:Geometry ; geo:asWKT "
            f'"POLYGON(({west} 36,{west + 1} 36,{west + 1} 37,{west} 37,{west} 36))"^^geo:wktLiteral .\n'
            for key, west in (("992011", 139), ("992020", 140))
        ),
        "utf-8",
    )
    settings = settings_for(project)
    build(settings)
    return create_app(settings).test_client()


# -- The map --------------------------------------------------------------------------------------


@both
def test_the_map_has_a_link_for_each_region_and_one_for_what_is_drawn_apart(
    client: FlaskClient, release: Release, language: str
) -> None:
    regions = rows(release.store, "PREFIX s5: <ontology#> SELECT ?r { ?r a s5:Region }")
    expected = {f"/doc/{str(iri).removeprefix('id/')}.{language}.html" for (iri,) in regions}
    found = links(drawing(html(client, f"/index.{language}.html")))
    assert len(found) == 15
    assert set(found) == expected | {f"/doc/village.{language}.html"}


@both
def test_each_region_is_read_aloud_with_its_number(
    client: FlaskClient, release: Release, language: str
) -> None:
    """The numbers are those of an independent query."""
    counts = rows(
        release.store,
        f"""
        PREFIX s5: <ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?name (SUM(?one) AS ?n) {{
          ?r a s5:Region ; skos:prefLabel ?name . FILTER(LANG(?name) = "{language}")
          {{ BIND(0 AS ?one) }} UNION
          {{ SELECT ?r ?i (1 AS ?one) {{ ?i a s5:Initiative ; s5:region ?r }} }}
        }} GROUP BY ?name""",
    )
    form = {"ja": "{}の取組：{}件", "en": "{}, initiative: {}"}[language]
    none = {
        "ja": "{}の取組：この資料（2ページ）に記載なし",
        "en": "{}, initiative: not in this document (2 pages)",
    }[language]
    svg = drawing(html(client, f"/index.{language}.html"))
    titles = re.findall(r"<title>(.*?)</title>", svg)
    assert len(counts) == 14 and sum(int(str(n)) for _, n in counts) == 12
    told = [(form if int(str(n)) else none).format(name, n) for name, n in counts]
    assert sorted(titles[:14]) == sorted(told)


def test_regions_are_shaded_by_their_number(client: FlaskClient) -> None:
    svg = drawing(html(client))
    assert svg.count('class="shade-4"') == 4
    assert svg.count('class="shade-0"') == 0


@both
def test_regions_of_which_the_document_does_not_speak_are_hatched_and_named_in_the_legend(
    client: FlaskClient, language: str
) -> None:
    page = html(client, f"/index.{language}.html")
    assert drawing(page).count('<path class="silent"') == 10
    assert '<pattern id="silent"' in drawing(page)
    legend = page.partition('<ul class="scale">')[2].partition("</ul>")[0]
    said = {"ja": "この資料（2ページ）に記載なし", "en": "Not in this document (2 pages)"}[language]
    assert f'<span class="swatch silent"></span>{said}</li>' in legend
    assert "shade-0" not in legend


def test_the_table_beside_the_map_says_the_same(client: FlaskClient) -> None:
    table = html(client).partition('<table class="counts">')[2].partition("</table>")[0]
    found = re.findall(r'<th scope="row"><a[^>]*>(.*?)</a></th><td[^>]*>(.*?)</td>', table)
    numbers = [(name, re.sub(r"<[^>]*>", "", cell)) for name, cell in found]
    assert numbers[:5] == [
        ("空知地域", "3"), ("石狩地域", "3"), ("後志地域", "3"), ("胆振地域", "3"),
        ("日高地域", "この資料（2ページ）に記載なし"),
    ]  # fmt: skip
    assert [number for _, number in numbers].count("この資料（2ページ）に記載なし") == 10
    assert len(numbers) == 14


def test_a_number_leads_to_the_list_of_what_is_counted(client: FlaskClient) -> None:
    assert '<a href="/doc/initiative.ja.html?region=sorachi" rel="nofollow"' in html(client)


def test_the_villages_of_the_north_are_linked_apart_with_a_note(client: FlaskClient) -> None:
    apart = html(client).partition('<div class="apart">')[2].partition("</div>")[0]
    assert "公的なコードでは根室地域に属します" in apart
    assert len([one for one in links(apart) if one.startswith("/doc/village/")]) == 6


def test_the_map_says_what_its_outlines_were_made_from(client: FlaskClient) -> None:
    assert "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成" in html(client)


def test_the_page_with_its_map_is_below_100_kb(client: FlaskClient) -> None:
    assert len(html(client).encode()) < 100_000
    assert len(drawing(html(client)).encode()) < 50_000


def test_without_outlines_there_is_no_map_and_no_gap(small: FlaskClient) -> None:
    page = html(small, "/lod/index.ja.html")
    assert "<svg" not in page and "<figure" not in page and 'id="map"' not in page


def test_a_project_gets_a_map_from_its_own_outlines_alone(mapped: FlaskClient) -> None:
    svg = drawing(html(mapped, "/lod/index.en.html"))
    assert re.findall(r"<title>(.*?)</title>", svg) == ["Kasumi, Plans: 1", "Hama, Plans: 2"]
    assert re.findall(r'class="(shade-\d)"', svg) == ["shade-2", "shade-4"]


# -- What else is there ---------------------------------------------------------------------------


def test_the_page_begins_with_two_sentences_of_the_catalogue(client: FlaskClient) -> None:
    for language, end in (
        ("ja", "公的なコードに結び付けている。"),
        ("en", "and 179 municipalities."),
    ):
        page = html(client, f"/index.{language}.html")
        lead = page.partition('<p class="lead">')[2].partition("<a ")[0].strip()
        assert lead.endswith(end)
    assert "Society 5.0" in lead


def test_the_five_pillars_come_with_their_counts(client: FlaskClient, release: Release) -> None:
    pillars = html(client).partition('<ul class="pillars">')[2].partition("</ul>")[0]
    found = re.findall(r'<h3><a href="/doc/pillar/([^."]*).*?<b>(\d+)</b>', pillars, re.DOTALL)
    assert [key for key, _ in found] == [
        "living", "industry", "administration", "data-use", "infrastructure",
    ]  # fmt: skip
    for key, count in found:
        query = f"SELECT (COUNT(?i) AS ?n) {{ ?i <ontology#pillar> <id/pillar/{key}> ; a <ontology#Initiative> }}"
        assert number(release.store, query) == int(count)


@both
def test_there_are_three_ways_in_and_none_of_them_is_dead(
    client: FlaskClient, language: str
) -> None:
    cards = html(client, f"/index.{language}.html").partition('<ul class="cards">')[2]
    found = links(cards.partition("</section>")[0])
    assert len(found) == 14
    assert {client.get(address, headers=PERSON).status_code for address in found} == {200}


def test_two_example_queries_are_opened_and_not_run(client: FlaskClient) -> None:
    cards = html(client).partition('<ul class="cards">')[2].partition("</section>")[0]
    opened = [one for one in links(cards) if one.startswith("/sparql.ja.html?")]
    queries = [parse_qs(urlsplit(one).query)["query"][0] for one in opened]
    assert len(queries) == 2 and all("SELECT" in query for query in queries)


def test_the_tables_of_codes_are_the_largest_ones(client: FlaskClient) -> None:
    tables = [one for one in links(html(client)) if one.endswith(".csv")]
    assert tables == ["/doc/municipality.csv", "/doc/region.csv", "/doc/ward.csv"]


def test_the_page_keeps_its_other_forms(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept": "text/turtle"})
    assert answer.content_type == "text/turtle; charset=utf-8"
    assert b"void:Dataset" in answer.data


def test_the_page_describes_the_data_set_to_search_engines(client: FlaskClient) -> None:
    described = Page(html(client)).embedded
    assert described["@type"] == "Dataset"


@both
def test_the_page_of_any_project_is_html_without_an_error(
    client: FlaskClient, small: FlaskClient, mapped: FlaskClient, language: str
) -> None:
    for one, root in ((client, "/"), (small, "/lod/"), (mapped, "/lod/")):
        content = one.get(f"{root}index.{language}.html", headers=PERSON).data
        HTMLParser(strict=True).parse(content, transport_encoding="utf-8")


# -- In the browser -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_reaches_every_region_which_is_then_marked_and_named(
    browser: Browser, width: int
) -> None:
    browser.open("index.en.html", "en", width=width)
    wanted = browser.all(".map svg a")
    names = [link.accessible_name for link in wanted]
    assert len(names) == 15 and names[0] == "Sorachi, initiative: 3"
    reached = list[str]()
    # the large box of the search stands just before the map
    browser.one("#find-anything").click()
    assert browser.press(Keys.TAB).tag_name == "button"
    while len(reached) < len(wanted):
        focused = browser.press(Keys.TAB)
        assert focused.tag_name == "a", "went around without reaching them all"
        if focused in wanted:
            path = focused.find_element("css selector", "path")
            assert path.value_of_css_property("stroke-width") == "3px"
            reached.append(focused.accessible_name)
    assert reached == names


def test_enter_on_a_region_leads_to_its_page(browser: Browser) -> None:
    browser.open("index.ja.html")
    browser.driver.execute_script("document.querySelector('.map svg a').focus()")
    browser.press(Keys.ENTER)
    assert browser.driver.current_url.endswith("/doc/region/sorachi.ja.html")


@pytest.mark.parametrize("dark", [False, True])
def test_what_the_document_leaves_out_is_hatched_and_named_without_widening_the_page(
    browser: Browser, dark: bool
) -> None:
    script = """
    const styles = selector => [...document.querySelectorAll(selector)].map(one => getComputedStyle(one));
    const lines = getComputedStyle(document.querySelector('#silent .silent-line')).fill;
    const ground = getComputedStyle(document.querySelector('#silent .silent-ground')).fill;
    return [
      [...new Set(styles('.map path.silent').map(style => style.fill))],
      lines !== ground,
      styles('.swatch.silent').every(style => style.backgroundImage.includes('gradient')),
      [...document.querySelectorAll('.counts th a')].every(a => a.getClientRects().length == 1
        && a.scrollWidth <= a.clientWidth + 1),
      document.documentElement.scrollWidth <= innerWidth,
    ];
    """
    for language, width in (("ja", 1280), ("ja", 320), ("en", 1280), ("en", 320)):
        browser.open(f"index.{language}.html", language, dark=dark, width=width)
        fills, *others = browser.driver.execute_script(script)
        assert fills == ['url("#silent")'] and others == [True] * 4, (language, width)


def test_names_on_the_map_do_not_meet_each_other(browser: Browser) -> None:
    script = """
    const boxes = [...document.querySelectorAll('.map .names text')]
      .map(text => text.getBoundingClientRect()).filter(box => box.width);
    const lines = (a, b) => Math.abs(a.top - b.top) < .65 * a.height;  // boxes are taller than letters
    const meet = (a, b) => a.left < b.right && b.left < a.right && lines(a, b);
    return [boxes.length, boxes.filter((a, i) => boxes.some((b, j) => i < j && meet(a, b))).length];
    """
    for language, width in (("ja", 1280), ("ja", 390), ("en", 1280), ("en", 390)):
        browser.open(f"index.{language}.html", language, width=width)
        shown, meeting = browser.driver.execute_script(script)
        assert shown >= 9 and meeting == 0, (language, width)

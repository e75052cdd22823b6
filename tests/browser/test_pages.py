"""The pages in Chromium, over HTTP: both languages, light and dark, wide and narrow, keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import pairwise, product
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from publish.release.release import Release
from tests.support.browser import KINDS, NARROW, ROWS, Browser, Visits
from tests.support.served import Served

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
every = pytest.mark.parametrize("kind", KINDS)
both = pytest.mark.parametrize("language", ["ja", "en"])


@pytest.fixture(scope="module")
def visits(browser: Browser, release: Release) -> Visits:
    return Visits(browser, release.id)


# -- Every page, in each language -----------------------------------------------------------------


@every
@both
def test_a_page_has_no_barrier_that_axe_finds(visits: Visits, kind: str, language: str) -> None:
    if visits.no_axe:
        pytest.skip(visits.no_axe)
    assert visits.see(kind, language).barriers == []


@every
@both
def test_a_page_opens_without_a_word_in_the_console(
    visits: Visits, kind: str, language: str
) -> None:
    assert visits.see(kind, language).console == []


@every
@both
def test_a_page_asks_nothing_of_other_hosts(
    visits: Visits, served: Served, kind: str, language: str
) -> None:
    requested = visits.see(kind, language).requested
    assert requested
    assert {urlsplit(one).netloc for one in requested if not one.startswith("data:")} == {
        served.host
    }


@every
@both
def test_a_page_has_one_title_and_its_headings_in_order(
    visits: Visits, kind: str, language: str
) -> None:
    levels = visits.see(kind, language).headings
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every
@both
def test_text_in_the_other_language_is_marked(visits: Visits, kind: str, language: str) -> None:
    seen = visits.see(kind, language)
    assert seen.language == language
    assert [text for tag, text in seen.texts if tag == "en" and is_japanese(text)] == []
    assert [text for tag, text in seen.texts if tag == "ja" and is_english(text)] == []


def is_japanese(text: str) -> bool:
    """Tell whether a text is mostly Japanese; English ones may cite a Japanese credit line."""
    return len(JAPANESE.findall(text)) * 3 > len(text)


def is_english(text: str) -> bool:
    """Tell whether a text has several English words in a row, and no Japanese."""
    return bool(re.search(r"[a-z]+ [a-z]+ [a-z]+", text)) and not JAPANESE.search(text)


@every
def test_a_narrow_window_does_not_scroll_sideways(visits: Visits, kind: str) -> None:
    assert visits.see(kind, "en").too_wide <= 0


@pytest.mark.parametrize("kind", ["initiative", "list", "dump", "shapes", "rows"])
def test_a_narrow_window_does_not_scroll_sideways_in_japanese(
    browser: Browser, visits: Visits, kind: str
) -> None:
    seen = browser.see(visits.path(kind, "ja"), "ja", "", dark=False, width=NARROW)
    assert seen.too_wide <= 0


@every
def test_a_page_is_dark_for_those_who_want_it(visits: Visits, kind: str) -> None:
    light, dark = (visits.see(kind, language).ground for language in ("ja", "en"))
    assert min(map(int, re.findall(r"\d+", light))) > 240
    assert max(map(int, re.findall(r"\d+", dark))) < 48


def test_every_link_that_leads_inside_answers(visits: Visits, served: Served) -> None:
    """On pages that no sitemap names; tests/web/routes/test_linksets.py walks through the others."""
    places: dict[str, set[str]] = {}
    unlisted = ("list", "error", "query", "rows", "triples", "mistake")
    for kind, language in product(unlisted, ("ja", "en")):
        here = f"/{visits.path(kind, language)}"
        for link in visits.see(kind, language).links:
            parts = urlsplit(link)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if parts.netloc == served.host and path != here:
                places.setdefault(path, set()).add(parts.fragment)
    assert len(places) > 100
    connection = HTTPConnection(served.host)
    broken = [fault for path in sorted(places) for fault in faults(connection, path, places[path])]
    connection.close()
    assert broken == []


def faults(connection: HTTPConnection, path: str, fragments: set[str]) -> Iterator[str]:
    """Yield the address if it does not answer, or the fragments that are not on its page."""
    method = "GET" if any(fragments) else "HEAD"
    connection.request(method, path, headers={"Accept": "text/html, */*;q=0.1"})
    answer = connection.getresponse()
    body = answer.read().decode()
    if answer.status >= 400:
        yield f"{path} {answer.status}"
    yield from (f"{path}#{one}" for one in fragments if one and f'id="{one}"' not in body)


# -- Walks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["home", "initiative", "list", "ontology", "release", "query"])
def test_the_language_switch_keeps_the_page(browser: Browser, visits: Visits, kind: str) -> None:
    browser.open(visits.path(kind, "ja"))
    for here, other in (("ja", "en"), ("en", "ja")):
        browser.follow(f"header a[hreflang={other}]")
        assert browser.one("html").get_attribute("lang") == other
        wanted = browser.address + visits.path(kind, other)
        assert re.sub(r"(/sparql.*\.html)\?.*", r"\1", browser.driver.current_url) == wanted
        assert browser.all(f"header a[hreflang={here}]")


def test_the_language_switch_keeps_the_query(browser: Browser, visits: Visits) -> None:
    browser.open(visits.path("rows", "ja"))
    browser.follow("header a[hreflang=en]")
    assert browser.one("html").get_attribute("lang") == "en"
    assert browser.one("#query").get_property("value") == ROWS


def test_the_name_of_a_thing_leads_to_its_page(browser: Browser) -> None:
    browser.open("id/initiative/telemedicine", "en")
    assert browser.driver.current_url == browser.address + "doc/initiative/telemedicine"
    assert browser.one("h1").text == "Promoting telemedicine"


@pytest.mark.parametrize("address", ["ontology#Initiative", "ontology.en.html#Initiative"])
def test_the_name_of_a_term_leads_to_its_place_in_the_vocabulary(
    browser: Browser, address: str
) -> None:
    browser.open("about.en.html", "en")  # another page, so that the next one is loaded
    browser.open(address, "en")
    term = browser.one(":target")
    assert term.get_attribute("id") == "Initiative"
    assert abs(place(browser, term)["top"]) < 100


def test_a_list_is_walked_through_by_its_links(browser: Browser) -> None:
    browser.open("doc/municipality.ja.html")
    found: list[str] = []
    while True:
        found += browser.texts("main ol.links a")
        if not browser.all("a[rel=next]"):
            break
        browser.follow("a[rel=next]")
    assert len(found) == len(set(found)) == 179


@both
def test_everything_works_without_scripts(browser: Browser, language: str) -> None:
    with browser.without_scripts():
        browser.open(f"index.{language}.html", language)
        browser.follow(f"main a[href='/doc/initiative.{language}.html']")
        browser.follow(f"main a[href='/doc/initiative/telemedicine.{language}.html']")
        browser.follow(f"header a[href='/sparql.{language}.html']")
        ask(browser, ROWS)
        assert len(browser.all("main tbody tr")) == 5
        assert browser.one("#query").get_property("value") == ROWS


@both
def test_a_mistake_in_a_query_is_explained_and_the_query_kept(
    browser: Browser, language: str
) -> None:
    with browser.without_scripts():
        browser.open(f"sparql.{language}.html", language)
        ask(browser, "SELECT * WHERE { ?s ?p }")
        assert browser.one("html").get_attribute("lang") == language
        assert browser.one("[role=alert]").text
        assert browser.one("#query").get_property("value") == "SELECT * WHERE { ?s ?p }"


def ask(browser: Browser, query: str) -> None:
    """Run a query by the form, to be shown on the page."""
    field = browser.one("#query")
    field.clear()
    field.send_keys(query)
    Select(browser.one("#format")).select_by_value("html")
    browser.follow("form:has(#query) [type=submit]")


# -- The keyboard ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["home", "initiative", "dump", "error", "query"])
def test_the_first_key_reaches_the_skip_link_which_leads_to_the_content(
    browser: Browser, visits: Visits, kind: str
) -> None:
    browser.open(visits.path(kind, "ja"))
    skip = browser.press(Keys.TAB)
    assert skip.get_attribute("class") == "skip"
    assert is_in_sight(browser, skip) and is_marked(skip)
    assert browser.press(Keys.ENTER).get_attribute("id") == "main"
    first = browser.press(Keys.TAB)
    assert browser.driver.execute_script("return arguments[0].closest('main') !== null", first)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_focus_is_always_seen(browser: Browser, visits: Visits, dark: bool) -> None:
    browser.open(visits.path("initiative", "ja"), dark=dark, width=NARROW)
    reached = []
    for _ in range(20):
        focused = browser.press(Keys.TAB)
        assert is_in_sight(browser, focused) and is_marked(focused), focused.text
        reached.append(focused.id)
    assert len(set(reached)) == len(reached)


def place(browser: Browser, element: WebElement) -> dict[str, float]:
    """Return where an element is, seen from the window's upper left corner."""
    script = "return arguments[0].getBoundingClientRect().toJSON()"
    found: dict[str, float] = browser.driver.execute_script(script, element)
    return found


def is_in_sight(browser: Browser, element: WebElement) -> bool:
    found = place(browser, element)
    return found["left"] >= 0 and found["top"] >= 0 and found["bottom"] <= 800


def is_marked(element: WebElement) -> bool:
    style = element.value_of_css_property("outline-style")
    return style != "none" and element.value_of_css_property("outline-width") == "3px"

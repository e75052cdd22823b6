"""The pages of things in Chromium: no barrier, nothing too wide, and what a reader does there."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.support.browser import NARROW, WIDE, Browser, axe

DOC = "doc/initiative/telemedicine"
PAGES = [
    "doc/pillar/infrastructure.{}.html",
    "doc/organization/hokkaido.{}.html",
    "doc/linkset/wikidata-confirmed.{}.html",
    "doc/passage/society5-direction-2021-97.{}.html",
    "doc/geometry/region-sorachi.{}.html",
    "doc/ward/011011.{}.html",
    "doc/fiscal-year/2020.{}.html",
    f"{DOC}.{{}}.html?graph=source",
    f"{DOC}.ttl.{{}}.html",
    f"{DOC}.jsonld.{{}}.html",
    f"{DOC}.rdf.{{}}.html",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "dark", "width"), [("ja", False, WIDE), ("en", True, NARROW)])
def test_a_page_has_no_barrier_and_fits_the_window(
    browser: Browser, path: str, language: str, dark: bool, width: int
) -> None:
    source, without = axe()
    if without:
        pytest.skip(without)
    seen = browser.see(path.format(language), language, source, dark=dark, width=width)
    assert seen.barriers == []
    assert seen.console == []
    assert seen.too_wide <= 0


#: Pages with the longest lists of links, and refusals.
LINKED = [
    "doc/initiative/society-5-0-realisation.{}.html",
    "doc/municipality/012068.{}.html",
    "doc/municipality/011002.{}.html",
    "doc/region/ishikari.{}.html",
    "doc/linkset/address-lod.{}.html",
    "doc/topic/agriculture.{}.html",
    "doc/municipality.{}.html",
    "codelists.{}.html",
    "doc/initiative/nothing.{}.html",
]


@pytest.mark.parametrize("path", LINKED)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_link_can_be_hit_at_any_width(browser: Browser, path: str, language: str) -> None:
    source, without = axe()
    if without:
        pytest.skip(without)
    browser.open(path.format(language), language)
    browser.driver.execute_script(source)
    for width in (WIDE, 768, NARROW):
        browser.resize(width)
        assert browser.driver.execute_async_script(_SIZES) == []


#: Nothing is left out here, not even what is like what stands before it.
_SIZES = """
axe.run({runOnly: ['target-size'], resultTypes: ['violations']}).then(found => arguments[0](
  found.violations.flatMap(rule => rule.nodes.map(node => node.html))));
"""


def test_statements_of_one_graph_are_chosen_without_scripts(browser: Browser) -> None:
    with browser.without_scripts():
        browser.open(f"{DOC}.ja.html")
        browser.follow(".graphs .of-source")
        assert browser.driver.current_url.endswith(f"{DOC}.ja.html?graph=source")
        badges = set(browser.texts("dl.facts .badge"))
        browser.follow(".graphs .note a")
        everything = set(browser.texts("dl.facts .badge"))
    assert badges == {"資料"}
    assert everything > badges


def test_graphs_can_be_chosen_by_keyboard(browser: Browser) -> None:
    browser.open(f"{DOC}.en.html")
    browser.driver.execute_script("document.querySelector('.graphs a').focus()")
    focused = browser.press(Keys.TAB)
    assert focused.get_attribute("class") == "of-source"
    outline = browser.driver.execute_script(
        "return getComputedStyle(arguments[0]).outlineStyle", focused
    )
    assert outline == "solid"
    browser.follow(".graphs .of-source")
    assert "?graph=source" in browser.driver.current_url


def test_turtle_is_read_on_screen_and_not_saved(browser: Browser) -> None:
    browser.open(f"{DOC}.ja.html")
    browser.follow(f"a[href$='{DOC}.ttl.ja.html']")
    (text,) = browser.texts("pre.source")
    assert text.startswith("PREFIX") and "initiative:telemedicine a s5:Initiative" in text
    browser.follow("pre.source a[href$='/doc/topic/medicine.ja.html']")
    assert browser.texts("h1") == ["医療"]


def test_a_citation_can_be_copied(browser: Browser) -> None:
    browser.open(f"{DOC}.en.html")
    (button,) = browser.all(".citation + .copy")
    assert button.get_attribute("aria-label")
    assert "“Promoting telemedicine”" in browser.texts(".citation")[0]
    assert len(browser.all("details pre + .copy")) == 1


def test_a_place_stands_beside_its_facts_in_a_wide_window_only(browser: Browser) -> None:
    def tops() -> list[float]:
        script = "return [...document.querySelectorAll('.thing > div')].map(one => one.getBoundingClientRect().top)"
        found: list[float] = browser.driver.execute_script(script)
        return found

    browser.open("doc/municipality/012106.ja.html", width=1280)
    facts, aside = tops()
    assert facts == aside
    browser.open("doc/municipality/012106.ja.html", width=NARROW)
    facts, aside = tops()
    assert aside > facts

"""Lists narrowed down in Chromium: by keyboard, without scripts, on a phone; no barrier for axe."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.support.browser import NARROW, WIDE, Browser, axe

FILTERED = "doc/initiative.{}.html?stage=planned&beneficiary=farmers&beneficiary=fishers"
EMPTY = "doc/initiative.{}.html?stage=under-way&region=sorachi"
FULL = "doc/initiative.{}.html?stage=planned&fiscalYear=2021&beneficiary=visitors"
PAGED = "doc/municipality.{}.html?municipalityType=town&sort=name&page=2"
both = pytest.mark.parametrize("language", ["ja", "en"])


def address(browser: Browser) -> str:
    return browser.driver.current_url.removeprefix(browser.address).partition("#")[0]


def is_seen(browser: Browser, selector: str) -> bool:
    """Tell whether an element is rendered; the driver takes all that is folded for hidden."""
    script = "return arguments[0].checkVisibility({visibilityProperty: true})"
    return bool(browser.driver.execute_script(script, browser.one(selector)))


def total(browser: Browser) -> str:
    return browser.texts(".total")[0]


@pytest.mark.parametrize("path", [FILTERED, EMPTY, FULL, PAGED])
@both
def test_a_state_has_no_barrier_that_axe_finds(browser: Browser, path: str, language: str) -> None:
    script, lacking = axe()
    if lacking:
        pytest.skip(lacking)
    dark, width = (False, WIDE) if language == "ja" else (True, NARROW)
    seen = browser.see(path.format(language), language, script, dark=dark, width=width)
    assert seen.barriers == []
    assert seen.console == []
    assert seen.too_wide <= 0


@pytest.mark.parametrize("path", [FILTERED, PAGED])
def test_a_narrow_window_does_not_scroll_sideways_in_japanese(browser: Browser, path: str) -> None:
    seen = browser.see(path.format("ja"), "ja", "", dark=False, width=NARROW)
    assert seen.too_wide <= 0


@both
def test_a_reader_narrows_down_and_back_without_scripts_and_mouse(
    browser: Browser, language: str
) -> None:
    path = f"doc/municipality.{language}.html"
    with browser.without_scripts():
        browser.open(path, language)
        assert browser.press(Keys.TAB).get_attribute("class") == "skip"
        browser.press(Keys.ENTER)
        browser.press(Keys.TAB)  # home
        browser.press(Keys.TAB)  # lists
        assert str(browser.press(Keys.TAB).get_attribute("href")).endswith("#found")
        assert browser.press(Keys.TAB).get_attribute("value") == "city"
        assert browser.press(Keys.TAB).get_attribute("value") == "town"
        browser.press(Keys.SPACE)
        left = browser.one("html")
        browser.press(Keys.ENTER)
        browser.wait_for_another(left)
        assert address(browser) == f"{path}?municipalityType=town"
        assert "129" in total(browser)
        browser.follow(".pages a[rel~=next]")
        assert address(browser) == f"{path}?municipalityType=town&page=2"
        assert len(browser.all("ol.results > li")) == 50
        other = "en" if language == "ja" else "ja"
        browser.follow(f"header a[hreflang={other}]")
        assert address(browser) == f"doc/municipality.{other}.html?municipalityType=town&page=2"
        browser.follow(".chosen a")
        assert address(browser) == f"doc/municipality.{other}.html"
        assert "179" in total(browser)


def test_with_scripts_a_choice_is_sent_at_once(browser: Browser) -> None:
    browser.open("doc/initiative.en.html", "en")
    assert is_seen(browser, ".at-once")
    left, box = browser.one("html"), browser.one("input[name=stage][value=under-way]")
    browser.driver.execute_script("arguments[0].focus()", box)
    browser.press(Keys.SPACE)
    browser.wait_for_another(left)
    assert address(browser) == "doc/initiative.en.html?stage=under-way"
    assert total(browser) == "5 of 25"
    assert browser.one("input[name=stage][value=under-way]").is_selected()


def test_beside_the_results_the_filters_are_unfolded_and_on_a_phone_they_unfold(
    browser: Browser,
) -> None:
    path = FILTERED.format("ja")
    browser.open(path, width=WIDE)
    assert is_seen(browser, ".filters input")
    assert not is_seen(browser, ".filters > summary")
    browser.open(path, width=NARROW)
    assert not is_seen(browser, ".filters input")
    browser.one(".filters > summary").send_keys(Keys.ENTER)
    assert is_seen(browser, ".filters input")


def test_a_way_out_of_nothing_leads_to_something(browser: Browser) -> None:
    browser.open(EMPTY.format("ja"))
    assert browser.all("ol.results > li") == []
    browser.follow(".note a")
    assert browser.all("ol.results > li")


def test_the_query_of_a_state_opens_in_the_workbench(browser: Browser) -> None:
    browser.open(FILTERED.format("en"), "en")
    browser.follow("main a[href*='sparql'][rel=nofollow]")
    assert "VALUES ?value1" in str(browser.one("#query").get_property("value"))

"""The ways of the three kinds of users through the site, in Chromium, from the home page on.

A portal harvests (H), a researcher queries (R), a municipality links (L): in both languages, with
scripts and without, and by the keyboard alone. No page may ask another host for anything.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.support.browser import Browser
from tests.support.real import BASE
from tests.support.served import Reply, Served

both = pytest.mark.parametrize("language", ["ja", "en"])
TOWN = f"{BASE}id/municipality/012106"
#: Most keys that a reader presses to get to something.
_PATIENCE = 200


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(browser: Browser, request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether pages may run scripts."""
    browser.let_scripts(request.param)
    yield request.param
    browser.let_scripts(True)


@pytest.fixture(autouse=True)
def quiet(browser: Browser, served: Served) -> Iterator[None]:
    """No page says anything on the console, and none asks another host."""
    driver: Any = browser.driver
    driver.get_log("browser"), driver.get_log("performance")
    yield
    assert [entry["message"] for entry in driver.get_log("browser")] == []
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    hosts = {urlsplit(one).netloc for one in asked if not one.startswith(("data:", "blob:"))}
    assert hosts == {served.host}


def until(browser: Browser, true: Callable[[], Any]) -> Any:
    """Return what a function gives as soon as it gives something."""
    wait = WebDriverWait(browser.driver, 20, 0.05, ignored_exceptions=[WebDriverException])
    return wait.until(lambda _: true())


def fetched(served: Served, browser: Browser, selector: str) -> Reply:
    """Return what a link on the page leads to, as a program gets it."""
    address = str(browser.one(selector).get_attribute("href"))
    parts = urlsplit(address)
    assert parts.netloc == served.host
    answer = served.request(path=f"{parts.path}?{parts.query}".strip("/?"))
    assert answer.status == 200
    return answer


def run(browser: Browser, scripts: bool) -> list[list[str]]:
    """Run the query that is in the form; return the rows that the page shows."""
    if scripts and browser.all(".editor"):
        browser.one("#workbench [type=submit]").click()
        until(browser, lambda: browser.all("#outcome tbody td"))
    else:
        Select(browser.one("#format")).select_by_value("html")
        browser.follow("#workbench [type=submit]")
    rows = browser.all("#outcome tbody tr")
    return [[cell.text for cell in row.find_elements("css selector", "td")] for row in rows]


def opened(browser: Browser, scripts: bool) -> str:
    """Wait for the editor, if there is one; return the query in the form."""
    if scripts and browser.all("script[src*=workbench]"):
        until(browser, lambda: browser.all(".editor"))
    return str(browser.one("#query").get_property("value"))


# -- H: a portal harvests ------------------------------------------------------------------------


@both
def test_a_portal_finds_the_files_their_checksums_and_the_catalogue(
    browser: Browser, served: Served, language: str, scripts: bool
) -> None:
    browser.open(f"index.{language}.html", language)
    browser.follow(f"main a[href='/dump.{language}.html']")
    file = fetched(served, browser, "main a[href$='/all.ttl.gz']").body
    browser.one("details summary").click()
    row = browser.one("details tbody tr:has(th code)")
    stated = {
        row.find_element("css selector", "th").text: row.find_element("css selector", ".hash").text
        for row in browser.all("details[open] tbody tr")
    }
    assert row.is_displayed()
    assert stated["all.ttl.gz"] == hashlib.sha256(file).hexdigest()
    browser.follow(f"footer a[href='/catalog.{language}.html']")
    turtle = fetched(served, browser, "main a[type='text/turtle']")
    values = {q.object.value for q in ox.parse(turtle.body, format=ox.RdfFormat.TURTLE)}
    assert "http://www.w3.org/ns/dcat#Catalog" in values
    assert stated["all.ttl.gz"] in values


# -- R: a researcher queries ---------------------------------------------------------------------


@both
def test_a_researcher_runs_an_example_and_takes_the_table_home(
    browser: Browser, served: Served, language: str, scripts: bool
) -> None:
    browser.open(f"index.{language}.html", language)
    browser.follow(f"main .cards a[href^='/sparql.{language}.html?query=']")
    query = opened(browser, scripts)
    rows = run(browser, scripts)
    assert len(rows) > 20
    answer = served.request(parameters={"query": query, "format": "csv"})
    assert answer.type.startswith("text/csv")
    table = list(csv.reader(io.StringIO(answer.text)))
    assert len(table) == len(rows) + 1
    assert table[1][1] in rows[0]


@both
def test_a_researcher_goes_on_from_a_page_to_the_query_behind_it(
    browser: Browser, language: str, scripts: bool
) -> None:
    browser.open(f"index.{language}.html", language)
    browser.follow(f"main a[href='/doc/initiative.{language}.html']")
    browser.follow(f"main a[href='/doc/initiative/telemedicine.{language}.html']")
    browser.follow(f"main a[href^='/sparql.{language}.html?query=']")
    assert f"{BASE}id/initiative/telemedicine" in opened(browser, scripts)
    assert len(run(browser, scripts)) > 20


# -- L: a municipality links ---------------------------------------------------------------------


@both
def test_a_municipality_finds_its_code_its_reading_and_its_uri(
    browser: Browser, served: Served, language: str, scripts: bool
) -> None:
    browser.open(f"index.{language}.html", language)
    browser.follow(f"main th a[href='/doc/region/sorachi.{language}.html']")
    browser.follow(f"main a[href='/doc/municipality/012106.{language}.html']")
    text = browser.one("main").text
    assert "012106" in text and "イワミザワシ" in text
    assert browser.one("main .iri code").text == TOWN
    document = fetched(served, browser, "main a[type='application/ld+json']").json
    assert TOWN in json.dumps(document)


def test_the_uri_is_copied_by_a_button(browser: Browser) -> None:
    browser.open("doc/municipality/012106.en.html", "en")
    catch = "navigator.clipboard.writeText = async text => { window.copied = text }"
    browser.driver.execute_script(catch)
    browser.one(".iri .copy").click()
    assert until(browser, lambda: browser.driver.execute_script("return window.copied")) == TOWN
    assert browser.one(".iri .copy").accessible_name == "Copy URI"


# -- By the keyboard alone -----------------------------------------------------------------------


def reach(browser: Browser, selector: str) -> None:
    """Press the tab key until something has the focus; it must be seen there."""
    for _ in range(_PATIENCE):
        focused = browser.press(Keys.TAB)
        if browser.driver.execute_script(
            "return arguments[0].matches(arguments[1])", focused, selector
        ):
            assert focused.is_displayed()
            return
    raise AssertionError(f"no key leads to {selector}")


def enter(browser: Browser, selector: str) -> None:
    """Reach a link by keys, and follow it by one."""
    left = browser.one("html")
    reach(browser, selector)
    browser.press(Keys.ENTER)
    browser.wait_for_another(left)


def test_the_files_are_reached_by_keys(browser: Browser, served: Served) -> None:
    browser.open("index.ja.html")
    enter(browser, "main a[href='/dump.ja.html']")
    reach(browser, "main a[href$='/all.ttl.gz']")
    reach(browser, "summary")
    browser.press(Keys.SPACE)
    assert until(browser, lambda: browser.all("details[open]"))
    enter(browser, "footer a[href='/catalog.ja.html']")
    reach(browser, "main a[type='text/turtle']")


def test_a_query_is_run_by_keys(browser: Browser) -> None:
    browser.open("index.ja.html")
    enter(browser, "main .cards a[href^='/sparql.ja.html?query=']")
    opened(browser, scripts=True)
    reach(browser, "#workbench [type=submit]")
    browser.press(Keys.ENTER)
    assert until(browser, lambda: browser.all("#outcome tbody td"))


def test_a_place_is_reached_by_keys_from_the_map(browser: Browser) -> None:
    browser.open("index.en.html", "en")
    enter(browser, "svg a[href='/doc/region/sorachi.en.html']")
    enter(browser, "main a[href='/doc/municipality/012106.en.html']")
    assert browser.one("h1").text == "Iwamizawa"
    reach(browser, "main a[type='application/ld+json']")

"""Suggestions in Chromium: by keyboard, with an input method, on a phone, from another site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import html5lib
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.support.browser import NARROW, WIDE, Browser, axe, browsing, missing
from tests.support.real import BASE
from tests.support.served import Served

both = pytest.mark.parametrize("language", ["ja", "en"])
TYPED = {"ja": "函館", "en": "hakod"}
TOLD = {"ja": "件です", "en": "Suggestions: "}
PHONE = 320


def options(browser: Browser, box: str = "find") -> list[str]:
    """Wait for suggestions under a box and return their texts."""
    selector = f"#{box}-list:not([hidden]) [role=option]"
    WebDriverWait(browser.driver, 10).until(lambda driver: browser.all(selector))
    return browser.texts(selector)


def told(browser: Browser, box: str = "find") -> str:
    """Return what is announced under a box."""
    script = (
        "return document.querySelector(arguments[0]).form.querySelector('[aria-live]').textContent"
    )
    return str(browser.driver.execute_script(script, f"#{box}"))


def is_open(browser: Browser, box: str = "find") -> bool:
    expanded = browser.one(f"#{box}").get_attribute("aria-expanded")
    assert (expanded == "true") is browser.one(f"#{box}-list").is_displayed()
    return expanded == "true"


def current(browser: Browser, box: str = "find") -> str | None:
    """Return the text of the option that a screen reader would read, or None if there is none."""
    active = browser.one(f"#{box}").get_attribute("aria-activedescendant")
    if not active:
        assert browser.all("[role=option][aria-selected=true]") == []
        return None
    assert [one.get_attribute("id") for one in browser.all("[aria-selected=true]")] == [active]
    return browser.one(f"#{active}").text


def address(browser: Browser) -> str:
    return browser.driver.current_url.removeprefix(browser.address)


def asked(browser: Browser) -> list[str]:
    """Return the suggestions that were asked for since the last time, or since the page came."""
    return [url for url in browser._requested() if "/suggest?" in url]


@both
def test_a_reader_types_moves_and_opens_by_keyboard(browser: Browser, language: str) -> None:
    browser.open(f"about.{language}.html", language)
    box = browser.one("#find")
    assert (box.aria_role, box.get_attribute("aria-autocomplete")) == ("combobox", "list")
    box.send_keys(TYPED[language])
    found = options(browser)
    assert is_open(browser) and current(browser) is None
    assert TOLD[language] in told(browser) and str(len(found)) in told(browser)
    browser.press(Keys.ARROW_DOWN)
    assert current(browser) == found[0] and "函館" in found[0] and "Hakodate" in found[0]
    browser.press(Keys.ARROW_UP)
    assert current(browser) is None
    focused = browser.press(Keys.ARROW_UP)
    assert current(browser) == found[-1]
    assert focused == box and box.get_attribute("value") == TYPED[language]
    browser.press(Keys.ARROW_DOWN)
    browser.press(Keys.ARROW_DOWN)
    left = browser.one("html")
    browser.press(Keys.ENTER)
    browser.wait_for_another(left)
    assert address(browser) == f"doc/municipality/012025.{language}.html"


@both
def test_enter_without_a_choice_searches(browser: Browser, language: str) -> None:
    browser.open(f"about.{language}.html", language)
    browser.one("#find").send_keys(TYPED[language])
    options(browser)
    left = browser.one("html")
    browser.press(Keys.ENTER)
    browser.wait_for_another(left)
    assert address(browser).startswith(f"search.{language}.html?q=")
    assert browser.one("#find-here").get_attribute("value") == TYPED[language]
    assert browser.all(".hits .what a")


def test_escape_closes_the_list_then_empties_the_box(browser: Browser) -> None:
    browser.open("about.ja.html")
    box = browser.one("#find")
    box.send_keys("札幌")
    options(browser)
    browser.press(Keys.ESCAPE)
    assert not is_open(browser) and box.get_attribute("value") == "札幌"
    browser.press(Keys.ARROW_DOWN)
    assert options(browser) and is_open(browser)
    browser.press(Keys.ESCAPE)
    browser.press(Keys.ESCAPE)
    assert box.get_attribute("value") == "" and not is_open(browser)


def test_leaving_the_box_closes_the_list_and_the_pointer_opens_a_suggestion(
    browser: Browser,
) -> None:
    browser.open("about.ja.html")
    browser.one("#find").send_keys("釧路町")
    options(browser)
    browser.press(Keys.TAB)
    assert not is_open(browser)
    browser.one("#find").click()
    browser.press(Keys.ARROW_DOWN)
    options(browser)
    browser.follow("#find-list [role=option]")
    assert address(browser) == "doc/municipality/016616.ja.html"


def test_where_nothing_begins_so_that_is_announced(browser: Browser) -> None:
    browser.open("about.ja.html")
    browser.one("#find").send_keys("qqqqqq")
    WebDriverWait(browser.driver, 10).until(lambda _: told(browser) == "候補はありません。")
    assert not is_open(browser)


def test_an_input_method_is_left_alone_until_a_word_is_composed(browser: Browser) -> None:
    browser.open("about.ja.html")
    box = browser.one("#find")
    box.click()
    asked(browser)
    for text in ("s", "さ", "さっぽ", "さっぽろ", "札幌"):
        given = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        browser.driver.execute_cdp_cmd("Input.imeSetComposition", given)
    assert box.get_attribute("value") == "札幌"
    # longer than the script waits before it asks
    browser.driver.execute_async_script("setTimeout(arguments[0], 600)")
    assert asked(browser) == [] and not is_open(browser)
    browser.driver.execute_script(
        """
        for (const key of ['ArrowDown', 'Enter', 'Escape']) arguments[0].dispatchEvent(
          new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true, cancelable: true}));
        """,
        box,
    )
    assert box.get_attribute("value") == "札幌" and address(browser) == "about.ja.html"
    browser.driver.execute_cdp_cmd("Input.insertText", {"text": "札幌"})
    assert "札幌市" in options(browser)[0]
    assert len(asked(browser)) == 1


def test_fast_typing_asks_for_the_whole_and_not_for_each_letter(browser: Browser) -> None:
    browser.open("about.en.html", "en")
    asked(browser)
    box = browser.one("#find")
    browser.driver.execute_script(
        """
        for (const letter of 'kushiro') {
          arguments[0].focus();
          arguments[0].value += letter;
          arguments[0].dispatchEvent(new InputEvent('input', {bubbles: true}));
        }
        """,
        box,
    )
    assert any("釧路" in option for option in options(browser))
    assert [url.partition("?")[2] for url in asked(browser)] == ["q=kushiro&limit=8&lang=en"]


def test_a_late_answer_does_not_take_the_place_of_a_newer_one(browser: Browser) -> None:
    browser.open("about.ja.html")
    browser.driver.execute_script(
        """
        const send = fetch;
        window.ended = [];
        window.fetch = (address, options) => {
          const late = address.includes(encodeURIComponent('札幌'));
          options.signal.addEventListener('abort', () => window.ended.push(late));
          return late ? new Promise((done, fail) => {
            options.signal.addEventListener('abort', () => fail(new DOMException('', 'AbortError')));
          }) : send(address, options);
        };
        """
    )
    box = browser.one("#find")
    box.send_keys("札幌")
    browser.driver.execute_async_script("setTimeout(arguments[0], 400)")
    box.clear()
    box.send_keys("函館")
    assert "函館市" in options(browser)[0]
    assert True in browser.driver.execute_script("return window.ended")


def test_the_chosen_type_narrows_the_suggestions(browser: Browser) -> None:
    browser.open("search.ja.html?type=ward")
    browser.one("#find-here").send_keys("札幌")
    found = options(browser, "find-here")
    assert found and all("\n区：札幌市" in option for option in found)


@both
def test_the_form_works_without_scripts(browser: Browser, language: str) -> None:
    with browser.without_scripts():
        browser.open(f"index.{language}.html", language)
        assert browser.all("[role=combobox]") == []
        browser.one("#find-anything").send_keys(TYPED[language])
        left = browser.one("html")
        browser.press(Keys.ENTER)
        browser.wait_for_another(left)
        assert address(browser).startswith(f"search.{language}.html?q=")
        assert browser.one(".hits .what a").text


PAGES = [
    "search.{}.html",
    "search.{}.html?q=%E6%9C%AD%E5%B9%8C",
    "search.{}.html?q=012026",
    "search.{}.html?q=%E6%9C%AD%E5%B9%8C&type=pillar",
]


@pytest.mark.parametrize("path", PAGES)
@both
def test_a_page_of_the_search_has_no_barrier(browser: Browser, path: str, language: str) -> None:
    script, lacking = axe()
    dark, width = (False, WIDE) if language == "ja" else (True, NARROW)
    seen = browser.see(path.format(language), language, script, dark=dark, width=width)
    assert seen.console == []
    assert seen.too_wide <= 0
    assert seen.headings[0] == 1 and seen.headings.count(1) == 1
    if lacking:
        pytest.skip(lacking)
    assert seen.barriers == []


@both
@pytest.mark.parametrize("box", ["find", "find-anything"])
def test_an_open_list_fits_a_phone_and_has_no_barrier(
    browser: Browser, language: str, box: str
) -> None:
    # 320 pixels are also what is left of 640 at 200 %
    browser.open(f"index.{language}.html", language, dark=language == "en", width=PHONE)
    browser.one(f"#{box}").send_keys(TYPED[language])
    options(browser, box)
    browser.press(Keys.ARROW_DOWN)
    script = "const r = document.documentElement; return r.scrollWidth - r.clientWidth"
    assert browser.driver.execute_script(script) <= 0
    left, right = browser.driver.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return [r.left, r.right]",
        browser.one(f"#{box}-list"),
    )
    assert left >= 0 and right <= PHONE
    source, lacking = axe()
    if lacking:
        pytest.skip(lacking)
    browser.driver.execute_script(source)
    found = browser.driver.execute_async_script(
        "axe.run({include: 'header, form'}, {resultTypes: ['violations']})"
        ".then(found => arguments[0](found.violations.map(one => one.id)))"
    )
    assert found == []


def test_another_site_under_a_path_suggests_its_own(
    kasumi_served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if missing():
        pytest.skip(missing())
    with browsing(kasumi_served.host, tmp_path_factory.mktemp("chromium")) as browser:
        browser.open("lod/index.ja.html")
        browser.one("#find").send_keys("浜")
        assert options(browser)[0].startswith("浜町")
        browser.press(Keys.ARROW_DOWN)
        left = browser.one("html")
        browser.press(Keys.ENTER)
        browser.wait_for_another(left)
        assert address(browser) == "lod/doc/town/992020.ja.html"


@contextmanager
def elsewhere(html: str) -> Iterator[str]:
    """Serve a page from another origin; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_the_form_of_the_help_page_works_on_somebody_elses_site(
    browser: Browser, served: Served
) -> None:
    tree = html5lib.parse(
        served.request(path="help/link.ja.html").text, namespaceHTMLElements=False
    )
    (shown,) = (one for one in tree.iter("pre") if one.get("id") == "form")
    text = "".join(shown.itertext()).replace(BASE, f"http://{served.host}/")
    page = f"<!DOCTYPE html><html lang=ja><meta charset=utf-8><title>a</title>{text}</html>"
    with elsewhere(page) as there:
        browser.driver.get(there)
        browser.one("#name").send_keys("札幌")
        wait = WebDriverWait(browser.driver, 10)
        wait.until(lambda driver: browser.all("#names option[value=札幌市]"))
        assert browser.one("#uri").get_attribute("value") == ""
        browser.one("#name").send_keys("市")
        wait.until(lambda driver: driver.find_element(By.ID, "uri").get_attribute("value"))
        uri = browser.one("#uri").get_attribute("value")
        assert uri == f"{BASE}id/municipality/011002"

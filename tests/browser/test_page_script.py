"""What the script adds to pages: copying, forms that send themselves, things that belong together."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.support.browser import Browser

#: A page that has none of it; tests put in what they need, before the script runs.
ABOUT = "about.{}.html"
COPIED = {"ja": "コピーしました。", "en": "Copied."}
LABELS = {"ja": "引用の文をコピー", "en": "Copy the citation"}
both = pytest.mark.parametrize("language", ["ja", "en"])


def put(browser: Browser, html: str) -> None:
    """Put HTML into the page and run the page's script again, as if it had been there."""
    browser.driver.execute_async_script(
        """
        const [html, done] = arguments;
        document.querySelector('main').innerHTML = html;
        const old = document.querySelector('script[src*="/page-"]');
        const script = document.createElement('script');
        Object.assign(script.dataset, old.dataset);
        script.onload = () => done();
        script.src = old.src;
        document.head.append(script);
        """,
        html,
    )


@both
def test_a_button_in_the_language_of_the_page_copies_the_citation(
    browser: Browser, language: str
) -> None:
    grant = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", grant)
    browser.open(ABOUT.format(language), language)
    button = browser.one("main .copy")
    assert button.accessible_name == LABELS[language]
    assert button.text in LABELS[language]
    button.click()
    said = (By.CSS_SELECTOR, "[role=status]")
    wait = WebDriverWait(browser.driver, 10)
    wait.until(lambda driver: driver.find_element(*said).text == COPIED[language])
    copied = browser.driver.execute_async_script(
        "navigator.clipboard.readText().then(arguments[0])"
    )
    assert copied == browser.one("main .citation").text


def test_without_scripts_there_is_no_button_that_does_nothing(browser: Browser) -> None:
    with browser.without_scripts():
        browser.open(ABOUT.format("ja"))
        assert browser.all("main .citation") and not browser.all("main .copy")


FORM = """<h1>a</h1><form data-autosubmit action="/about.ja.html">
<label><input type="checkbox" name="box" value="1"> b</label>
<label><input type="radio" name="one" value="1" checked> c</label>
<label><input type="radio" name="one" value="2"> d</label>
<button>e</button></form>"""


def test_a_choice_sends_its_form(browser: Browser) -> None:
    browser.open(ABOUT.format("ja"))
    put(browser, FORM)
    browser.follow("main [name=box]")
    assert "box=1" in browser.driver.current_url
    browser.open(ABOUT.format("ja"))
    put(browser, FORM)
    browser.driver.execute_script("document.querySelector('[name=box]').focus()")
    html = browser.one("html")
    browser.press(Keys.SPACE)
    WebDriverWait(browser.driver, 10).until(lambda d: d.find_element(By.TAG_NAME, "html") != html)
    assert "box=1" in browser.driver.current_url


def test_moving_through_choices_by_arrow_keys_sends_nothing(browser: Browser) -> None:
    browser.open(ABOUT.format("ja"))
    put(browser, FORM)
    browser.driver.execute_script("document.querySelector('[name=one]').focus()")
    assert browser.press(Keys.ARROW_DOWN).get_attribute("value") == "2"
    assert browser.all("main [name=one]") and "one=" not in browser.driver.current_url


def test_pointing_at_one_thing_marks_what_belongs_to_it(browser: Browser) -> None:
    browser.open(ABOUT.format("ja"))
    put(
        browser,
        '<h1>a</h1><a href="#x" data-highlight="x&quot;">b</a> <a href="#y" data-highlight="y">c</a>'
        '<p data-highlight="x&quot;">d</p>',
    )
    browser.driver.execute_script("document.querySelector('a[href=\"#x\"]').focus()")
    assert browser.texts(".lit") == ["b", "d"]
    browser.driver.execute_script("document.querySelector('a[href=\"#y\"]').focus()")
    assert browser.texts(".lit") == ["c"]

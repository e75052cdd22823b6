"""The workbench in a real browser, over a real server, in both languages."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from publish.web.http import assets
from tests.support.browser import Browser, browsing, missing
from tests.support.real import BASE
from tests.support.served import Served

both = pytest.mark.parametrize("language", ["ja", "en"])
PILLARS = {
    "ja": ["暮らし", "産業", "行政", "データ利活用", "基盤整備"],
    "en": ["Living", "Industry", "Public administration", "Data use", "Infrastructure"],
}
#: Keeps what the page would save as a file or put on the clipboard.
_CATCH = """
window.saved = []; window.copied = [];
const made = URL.createObjectURL.bind(URL);
URL.createObjectURL = blob => { blob.arrayBuffer().then(b => saved.push([...new Uint8Array(b)])); return made(blob) };
HTMLAnchorElement.prototype.click = function () { window.named = this.download };
navigator.clipboard.writeText = async text => { copied.push(text) };
"""


@pytest.fixture(scope="module")
def browser(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if why := missing():
        pytest.skip(why)
    if not assets.exists("workbench.js"):
        pytest.skip("the editor is not bundled: npm is missing (make setup)")
    with browsing(served.host, tmp_path_factory.mktemp("workbench")) as found:
        yield found


def noted(browser: Browser) -> list[str]:
    """Return what the console says since it was last asked."""
    driver: Any = browser.driver
    return [entry["message"] for entry in driver.get_log("browser")]


@pytest.fixture(autouse=True)
def silent(browser: Browser) -> Iterator[None]:
    """No page says anything on the console, least of all that its policy was broken."""
    noted(browser)
    browser.let_scripts(True)
    yield
    said = noted(browser)
    # a refused query is an answer 400, which browsers note
    assert [message for message in said if "/sparql - Failed to load resource" not in message] == []


def until(browser: Browser, true: Callable[[], Any]) -> Any:
    """Return what a function gives as soon as it gives something."""
    wait = WebDriverWait(browser.driver, 20, 0.05, ignored_exceptions=[WebDriverException])
    return wait.until(lambda _: true())


def first(browser: Browser, selector: str) -> WebElement:
    return until(browser, lambda: next(iter(browser.all(selector)), None))  # type: ignore[no-any-return]


def open_example(browser: Browser, name: str, language: str) -> None:
    browser.open(f"sparql.{language}.html?example={name}", language)
    first(browser, ".editor")


def open_query(browser: Browser, query: str, language: str = "ja") -> None:
    browser.open(f"sparql.{language}.html?query={quote(query, safe='')}", language)
    first(browser, ".editor")


def run(browser: Browser) -> None:
    browser.one("#workbench [type=submit]").click()
    first(browser, "#outcome :is(.view, [role=alert])")


def view(browser: Browser, name: str) -> None:
    browser.one(f"[data-view={name}]").click()
    assert browser.one(f"[data-view={name}]").get_attribute("aria-pressed") == "true"


def in_editor(browser: Browser, selector: str) -> list[WebElement]:
    return browser.one(".editor").shadow_root.find_elements("css selector", selector)


def typed(browser: Browser, text: str) -> None:
    """Replace the query by keys alone."""
    in_editor(browser, ".cm-content")[0].click()
    keys = ActionChains(browser.driver)
    keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(Keys.DELETE)
    keys.send_keys(text).perform()


def query(browser: Browser) -> str:
    return str(browser.driver.execute_script("return document.getElementById('query').value"))


@both
def test_an_example_is_opened_and_run_when_asked(browser: Browser, language: str) -> None:
    open_example(browser, "pillars-by-stage", language)
    assert browser.all("#outcome *") == []
    assert "s5:Pillar" in in_editor(browser, ".cm-content")[0].text
    run(browser)
    cells = [cell.text for cell in browser.all("#outcome tbody td")]
    assert len(cells) == 25
    assert PILLARS[language][1] in cells
    status = browser.one("[role=status]").text
    assert status.startswith("5件" if language == "ja" else "5 results")
    assert f"/sparql.{language}.html?query=" in browser.driver.current_url


@both
def test_a_numeric_column_is_shown_as_bars(browser: Browser, language: str) -> None:
    open_example(browser, "pillars-by-stage", language)
    run(browser)
    view(browser, "chart")
    assert [cell.text for cell in browser.all(".chart tbody th")] == PILLARS[language]
    assert [cell.text for cell in browser.all(".chart .number")][1:] == ["5", "6", "0", "0", "1"]
    widths = [float(bar.get_attribute("width").rstrip("%")) for bar in browser.all(".chart rect")]  # type: ignore[union-attr]
    assert widths == pytest.approx([100 * n / 6 for n in (5, 6, 0, 0, 1)], abs=0.01)
    Select(browser.one(".view select")).select_by_visible_text("planned_count")
    assert [cell.text for cell in browser.all(".chart .number")][1:] == ["3", "4", "0", "0", "1"]


@both
def test_shapes_are_drawn_as_a_map(browser: Browser, language: str) -> None:
    open_example(browser, "regions-map", language)
    run(browser)
    view(browser, "map")
    shapes = browser.all(".map path.shape")
    assert len(shapes) == 14
    name = "胆振地域 – initiatives: 3" if language == "ja" else "Iburi – initiatives: 3"
    (shape,) = [one for one in shapes if one.get_attribute("aria-label") == name]
    assert shape.size["width"] > 20 and shape.size["height"] > 20
    browser.driver.execute_script("arguments[0].focus()", shape)
    assert browser.one(".pointed").text == name
    loaded = browser.driver.execute_script(
        "return performance.getEntriesByType('resource').map(one => new URL(one.name).host)"
    )
    assert set(loaded) == {browser.address.split("/")[2]}


def test_points_made_in_a_query_are_drawn_too(browser: Browser) -> None:
    open_example(browser, "municipalities-map", "ja")
    run(browser)
    view(browser, "map")
    assert len(browser.all(".map g.shape circle")) == 179


@both
def test_a_mistake_is_told_and_marked_at_its_place(browser: Browser, language: str) -> None:
    open_query(browser, "SELECT * WHERE {\n  ?s ?p ?o FILTR(1)\n}", language)
    run(browser)
    told = browser.one("[role=alert]").text
    assert ("2行12文字目" if language == "ja" else "Line 2, column 12") in told
    assert ("ここには書けません" if language == "ja" else "cannot stand here") in told
    (mark,) = in_editor(browser, ".cm-lintRange-error")
    assert mark.text == "FILTR"
    open_query(browser, "ASK {}", language)
    run(browser)
    assert in_editor(browser, ".cm-lintRange-error") == []


@both
def test_a_shared_link_opens_the_query_and_does_not_run_it(browser: Browser, language: str) -> None:
    open_query(browser, "ASK { ?s ?p '霧' }", language)
    browser.driver.execute_script(_CATCH)
    browser.one(".share button").click()
    link = browser.one("#link").get_attribute("value") or ""
    assert until(browser, lambda: browser.driver.execute_script("return copied")) == [link]
    browser.driver.get(link)
    first(browser, ".editor")
    assert query(browser) == "ASK { ?s ?p '霧' }"
    time.sleep(0.3)
    assert browser.all("#outcome *") == []


def test_a_long_query_is_shared_in_the_fragment(browser: Browser) -> None:
    long = f"ASK {{}} # {'霧' * 1000}"
    open_query(browser, "ASK {}")
    typed(browser, long[:7])
    browser.driver.execute_script("location.hash = arguments[0]", f"#query={quote(long)}")
    browser.driver.refresh()
    first(browser, ".editor")
    assert query(browser) == long
    browser.one(".share button").click()
    assert "#query=" in (browser.one("#link").get_attribute("value") or "")


@both
def test_terms_are_found_by_their_labels_and_their_prefixes_declared(
    browser: Browser, language: str
) -> None:
    open_query(browser, "ASK {}", language)
    typed(browser, "SELECT * { ?x a " + ("取組" if language == "ja" else "initiative"))
    offered = until(browser, lambda: in_editor(browser, ".cm-tooltip-autocomplete li"))
    assert offered[0].text.startswith("s5:Initiative")
    assert ("取組 / initiative" if language == "ja" else "initiative / 取組") in offered[0].text
    time.sleep(0.2)  # the editor takes no Enter right after a list has come up
    browser.press(Keys.ENTER)
    until(browser, lambda: "a s5:Initiative" in query(browser))
    assert query(browser).startswith("PREFIX s5: <http://127.0.0.1:8000/ontology#>\nSELECT")
    typed(browser, "SELECT ?region { ?re")
    until(browser, lambda: in_editor(browser, ".cm-tooltip-autocomplete li"))
    assert in_editor(browser, ".cm-tooltip-autocomplete li")[0].text == "?region"


def test_the_keyboard_alone_is_enough(browser: Browser) -> None:
    open_query(browser, "ASK {}")
    typed(browser, "SELECT (1 AS ?one) {}")
    keys = ActionChains(browser.driver)
    keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    first(browser, "#outcome .view td")
    assert browser.one("#outcome td").text.startswith("1")
    in_editor(browser, ".cm-content")[0].click()
    assert browser.press(Keys.ESCAPE).get_attribute("class") == "editor"
    assert browser.press(Keys.TAB).get_attribute("id") == "format"


TRICKY = """SELECT ?a ?b { VALUES (?a ?b) {
  ("=1+2" "x,y") ("-5" "say \\"hi\\"") ("@home" "二行\\n目") (UNDEF "−") } }"""


def test_csv_is_whole_and_for_a_spreadsheet_harmless(browser: Browser) -> None:
    open_query(browser, TRICKY)
    run(browser)
    browser.driver.execute_script(_CATCH)
    plain, excel, _ = browser.all("#outcome .tools")[1].find_elements("css selector", "button")
    plain.click()
    excel.click()
    files = until(
        browser,
        lambda: browser.driver.execute_script("return saved.length == 2 && saved"),
    )
    whole, harmless = (bytes(file) for file in files)
    assert not whole.startswith(b"\xef\xbb\xbf") and harmless.startswith(b"\xef\xbb\xbf")
    rows = [["a", "b"], ["=1+2", "x,y"], ["-5", 'say "hi"'], ["@home", "二行\n目"], ["", "−"]]
    assert list(csv.reader(io.StringIO(whole.decode(), newline=""))) == rows
    rows[1][0], rows[3][0] = "'=1+2", "'@home"
    assert list(csv.reader(io.StringIO(harmless.decode("utf-8-sig"), newline=""))) == rows
    assert browser.driver.execute_script("return named") == "results-excel.csv"


AWKWARD = """SELECT ?x { VALUES ?x { "it's" '''"""
AWKWARD += """"q"\\\\n${1}`$HOME""" + "''' } } # ')---\" \"\"\""


def code(browser: Browser, name: str) -> str:
    (button,) = [one for one in browser.all("#programs button") if one.text == name]
    button.click()
    found = browser.driver.execute_script(
        "return document.querySelector('#programs code').textContent"
    )
    return str(found)


def test_code_in_four_languages_asks_the_same_query(browser: Browser, served: Served) -> None:
    open_query(browser, AWKWARD)
    here = served.endpoint
    programs = {
        name: code(browser, name).replace("http://127.0.0.1:8000/sparql", here)
        for name in ("curl", "Python", "R", "JavaScript")
    }
    wanted = ["it's", '"q"\\n${1}`$HOME']
    out = subprocess.run(["sh", "-c", programs["curl"]], capture_output=True, check=True).stdout
    assert [row["x"] for row in csv.DictReader(io.StringIO(out.decode()))] == wanted
    python = [sys.executable, "-W", "ignore", "-c", programs["Python"]]
    out = subprocess.run(python, capture_output=True, check=True).stdout
    assert out.decode().splitlines() == [str({"x": value}) for value in wanted]
    node = [
        "node",
        "--input-type=module",
        "-e",
        programs["JavaScript"].replace(
            "await response.json()", "JSON.stringify(await response.json())"
        ),
    ]
    out = subprocess.run(node, capture_output=True, check=True).stdout
    assert [row["x"]["value"] for row in json.loads(out)["results"]["bindings"]] == wanted
    assert f'r"----({AWKWARD})----"' in programs["R"]
    assert "?format=csv&query=" in programs["R"]


def test_graphs_are_shown_as_they_are(browser: Browser) -> None:
    open_example(browser, "describe-initiative", "en")
    run(browser)
    assert "skos:prefLabel" in browser.one("#outcome pre").text
    assert [one.text for one in browser.all("#outcome .tools button")] == ["Raw", "Turtle"]
    assert "text/turtle" in code(browser, "curl")


@both
def test_a_question_is_answered_in_words(browser: Browser, language: str) -> None:
    open_example(browser, "all-bilingual", language)
    run(browser)
    words = {"ja": "いいえ（false）", "en": "No (false)"}
    assert browser.one("#outcome .view").text == words[language]


def test_the_language_can_be_changed_with_the_query_kept(browser: Browser) -> None:
    open_query(browser, "ASK {}")
    typed(browser, "ASK { ?a ?b 1 }")
    browser.one(".languages a").click()
    until(browser, lambda: ".en.html" in browser.driver.current_url)
    first(browser, ".editor")
    assert query(browser) == "ASK { ?a ?b 1 }"


@both
def test_without_scripts_the_plain_form_does_the_work(browser: Browser, language: str) -> None:
    browser.let_scripts(False)
    browser.open(f"sparql.{language}.html?example=pillars-by-stage", language)
    assert browser.all(".editor") == []
    assert browser.one("#query").is_displayed()
    assert browser.all("#outcome *") == []
    browser.one("#workbench [type=submit]").click()
    first(browser, "#outcome tbody td")
    cells = [cell.text for cell in browser.all("#outcome tbody td")]
    assert len(cells) == 25 and PILLARS[language][0] in cells
    assert browser.one("html").get_attribute("lang") == language


#: The links of the regions, of which none is a text.
_EMPTY = (
    "PREFIX s5: <{base}ontology#> SELECT ?r (GROUP_CONCAT(?i) AS ?names) "
    "{{ ?i s5:region ?r }} GROUP BY ?r"
)


@both
def test_an_aggregate_that_gave_nothing_is_explained_and_mended_by_one_click(
    browser: Browser, language: str
) -> None:
    open_query(browser, _EMPTY.format(base=BASE), language)
    run(browser)
    note = first(browser, "#advice")
    assert ("文字列でない値" if language == "ja" else "values that are no text") in note.text
    assert f"{language}.html#aggregates" in str(browser.one("#advice a").get_attribute("href"))
    assert {cell.text for cell in browser.all("#outcome tbody td:nth-child(2)")} == {""}
    browser.one("#advice button").click()
    assert 'GROUP_CONCAT(COALESCE(STR(?i), "")) AS ?names' in query(browser)
    run(browser)
    until(browser, lambda: "id/initiative/" in browser.one("#outcome tbody td:nth-child(2)").text)
    assert browser.all("#advice") == []


def test_without_scripts_the_mended_query_is_a_link(browser: Browser) -> None:
    browser.let_scripts(False)
    browser.open(
        f"sparql?format=html&lang=ja&query={quote(_EMPTY.format(base=BASE), safe='')}", "ja"
    )
    browser.one("#advice a").click()
    assert "COALESCE" in first(browser, "#query").text
    assert browser.all("#outcome *") == []

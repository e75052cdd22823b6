"""The page for somebody's table in Chromium: with and without scripts, to the file that is kept."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.support.browser import NARROW, WIDE, Browser, axe, browsing, missing
from tests.support.served import Served

TABLE = "市区町村名,人口\n函館市,1\n泊村,2\n青森市,3\n伊達,4\n"
both = pytest.mark.parametrize("language", ["ja", "en"])
_PATIENCE = 30
_FIRST = "form[data-link=new]"
_SECOND = "form[data-link=result]"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "表.csv"
    path.write_text(TABLE, "utf-8")
    return path


def linked(browser: Browser, table: Path, language: str, width: int = WIDE) -> None:
    """Open the form, choose a file, send it, and wait for the outcome."""
    browser.open(f"link.{language}.html", language, dark=language == "en", width=width)
    browser.one("#file").send_keys(str(table))
    browser.one(f"{_FIRST} button").click()
    WebDriverWait(browser.driver, _PATIENCE).until(
        lambda driver: driver.find_elements(By.ID, "outcome")
    )


def downloaded(directory: Path, suffix: str) -> bytes:
    """Return the one file that was put into a directory, once it is whole."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        found = [path for path in directory.iterdir() if path.name.endswith(suffix)]
        if found:
            return found[0].read_bytes()
        time.sleep(0.1)
    raise AssertionError(f"nothing was downloaded: {[*directory.iterdir()]}")


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def chosen(browser: Browser, row: int, part: str) -> str:
    """Choose the candidate of a row whose IRI ends in something; return the IRI."""
    select = Select(browser.one(f'select[name="choice-{row}"]'))
    iri = next(
        value
        for option in select.options
        if (value := option.get_attribute("value") or "").endswith(part)
    )
    select.select_by_value(iri)
    return iri


@both
def test_the_outcome_comes_below_the_form_rows_to_review_first(
    browser: Browser, table: Path, language: str
) -> None:
    linked(browser, table, language)
    assert browser.driver.current_url.endswith(f"link.{language}.html")  # no page was loaded
    review, others = browser.texts("#result table")
    assert ("泊村" in review, "伊達" in review, "函館市" in review) == (True, True, False)
    assert "青森市" in others.splitlines()[1]
    focused = browser.driver.switch_to.active_element
    assert focused.get_attribute("id") == "outcome"
    assert browser.texts("#status") == [{"ja": "終わりました。", "en": "Done."}[language]]
    # what is only for pages without scripts is not seen
    assert not any(one.is_displayed() for one in browser.all(".again"))


@both
def test_form_and_outcome_have_no_barrier_that_axe_finds(
    browser: Browser, table: Path, language: str
) -> None:
    script, lacking = axe()
    if lacking:
        pytest.skip(lacking)
    dark, width = (False, WIDE) if language == "ja" else (True, NARROW)
    seen = browser.see(f"link.{language}.html", language, script, dark=dark, width=width)
    assert (seen.barriers, seen.console) == ([], [])
    assert seen.too_wide <= 0
    linked(browser, table, language, width)
    for details in browser.all("#result details summary"):
        details.click()
    assert browser.barriers(script) == []
    wide = browser.driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0


@both
def test_a_choice_is_in_the_file_that_is_downloaded(
    browser: Browser, table: Path, language: str, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    browser.keep_downloads(files)
    linked(browser, table, language)
    iri = chosen(browser, 3, "/municipality/014036")
    Select(browser.one('select[name="choice-2"]')).select_by_value("none")
    browser.one(f'{_SECOND} button[value="csv"]').click()
    found = rows(downloaded(files, ".linked.csv"))
    assert found[0][2] == {"ja": "リンク先URI", "en": "link_uri"}[language]
    assert [row[0] for row in found[1:]] == ["函館市", "泊村", "青森市", "伊達"]
    assert found[2][2] == iri
    assert [bool(row[2]) for row in found[1:]] == [False, True, False, False]
    browser.one(f'{_SECOND} button[value="zip"]').click()
    with zipfile.ZipFile(io.BytesIO(downloaded(files, ".zip"))) as archive:
        turtle = archive.read("表.linked.ttl").decode()
    assert f"<%E8%A1%A8.csv#row=3> skos:exactMatch <{iri}> ." in turtle


def test_the_columns_can_be_chosen_anew_with_the_file_that_is_there(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("市町村名,転出先\n函館市,小樽市\n", "utf-8")
    linked(browser, path, "ja")
    assert "函館市" in browser.texts("#result td a")[0]
    browser.all("#result details summary")[-1].click()
    Select(browser.one("#again-name")).select_by_visible_text("転出先")
    old = browser.one("#outcome")
    browser.one(f'{_SECOND} button[value="page"]').click()
    browser.wait_for_another(old)
    assert "小樽市" in browser.texts("#result td a")[0]


@both
def test_what_is_wrong_is_said_on_the_page(browser: Browser, tmp_path: Path, language: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1\n", "utf-8")
    browser.open(f"link.{language}.html", language)
    browser.one("#file").send_keys(str(path))
    browser.one(f"{_FIRST} button").click()
    WebDriverWait(browser.driver, _PATIENCE).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, "#problems p")
    )
    said = {"ja": "t.csv:2: セルの数が1で", "en": "t.csv:2: The row has 1 cells"}[language]
    assert browser.texts("#problems p")[0].startswith(said)
    assert browser.all("#result h2") == []


def test_a_file_that_is_too_large_is_not_even_sent(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    browser.open("link.ja.html")
    browser.one("#file").send_keys(str(path))
    browser.one(f"{_FIRST} button").click()
    WebDriverWait(browser.driver, _PATIENCE).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, "#problems p")
    )
    assert browser.texts("#problems p") == ["ファイルが大きすぎます（上限 5 MB）。"]


def test_nothing_in_a_table_becomes_markup_or_runs(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    cell = "<img src=x onerror=document.title='ran'><script>document.title='ran'</script>"
    path.write_text(f'市町村名,"{cell}"\n函館市,x\n"{cell}",y\n', "utf-8")
    linked(browser, path, "ja")
    assert browser.all("#result img, #result script") == []
    assert "ran" not in browser.driver.title
    assert "<img src=x" in browser.texts("#result")[0]


@both
def test_everything_works_without_scripts(
    browser: Browser, table: Path, language: str, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    browser.keep_downloads(files)
    with browser.without_scripts():
        browser.open(f"link.{language}.html", language)
        browser.one("#file").send_keys(str(table))
        browser.follow(f"{_FIRST} button")
        assert browser.driver.current_url.endswith(f"link?lang={language}")
        assert browser.one("html").get_attribute("lang") == language
        iri = chosen(browser, 3, "/municipality/014036")
        browser.one("#again").send_keys(str(table))
        browser.one(f'{_SECOND} button[value="excel.csv"]').click()
        found = rows(downloaded(files, ".excel.csv"))
    assert found[2][2] == iri


def test_the_page_of_another_publisher_under_a_path_works_too(
    kasumi_served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if missing():
        pytest.skip(missing())
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_text("団体コード,市町村名\n992011,霞市\n,浜町\n", "utf-8")
    with browsing(kasumi_served.host, tmp_path_factory.mktemp("chromium")) as browser:
        browser.open("lod/link.ja.html")
        browser.one("#file").send_keys(str(path))
        browser.one(f"{_FIRST} button").click()
        WebDriverWait(browser.driver, _PATIENCE).until(
            lambda driver: driver.find_elements(By.ID, "outcome")
        )
        links = [one.get_attribute("href") or "" for one in browser.all("#result td a")]
        assert [link.rpartition("/lod/")[2] for link in links] == [
            "doc/town/992011.ja.html",
            "doc/town/992020.ja.html",
        ]

"""The page /sameas in Chromium, in both languages: looked up by hand, without barriers."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.support.browser import NARROW, WIDE, Browser, axe
from tests.support.real import BASE

ITEM = "https://www.wikidata.org/wiki/Q37951"
both = pytest.mark.parametrize("language", ["ja", "en"])
NAME = {"ja": "札幌市", "en": "Sapporo"}


@both
@pytest.mark.parametrize(
    "query",
    ["", f"?uri={quote(ITEM)}", f"?uri={quote(BASE)}id/municipality/011002&uri=x", "?uri=nothing"],
)
def test_the_page_has_no_barrier_and_fits_the_window(
    browser: Browser, language: str, query: str
) -> None:
    script, reason = axe()
    dark, width = (False, WIDE) if language == "ja" else (True, NARROW)
    seen = browser.see(f"sameas.{language}.html{query}", language, script, dark=dark, width=width)
    assert seen.too_wide <= 0
    # the browser itself notes that an unknown IRI is 404
    assert [one for one in seen.console if "404" not in one] == []
    assert seen.headings[0] == 1 and seen.headings.count(1) == 1
    if reason:
        pytest.skip(reason)
    assert seen.barriers == []


@both
def test_an_iri_is_looked_up_by_hand(browser: Browser, language: str) -> None:
    browser.open(f"sameas.{language}.html", language)
    browser.one("#uri").send_keys(ITEM)
    browser.follow("main form[method=get] button")
    assert browser.texts("section table th[scope=row]") == [NAME[language]]
    assert browser.one("#uri").get_attribute("value") == ITEM


@both
def test_many_are_looked_up_by_hand(browser: Browser, language: str) -> None:
    browser.open(f"sameas.{language}.html", language)
    browser.one("#uris").send_keys(f"{ITEM}\nhttp://x.example/")
    browser.follow("main form[method=post] button")
    assert browser.texts("section table th[scope=row]") == [NAME[language]]
    assert "http://x.example/" in browser.texts("[role=status]")[0]

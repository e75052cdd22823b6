"""The HTML of every kind of page, read by a parser that forgives nothing."""

from __future__ import annotations

import re

import html5lib
import pytest
from flask.testing import FlaskClient

from publish.release.release import Release

PAGES = [
    "index",
    "about",
    "charts",
    "doc",
    "doc/initiative",
    "doc/municipality",
    "doc/initiative/telemedicine",
    "doc/activity/expert-panel-meetings-2020",
    "doc/region/sorachi",
    "doc/municipality/012106",
    "doc/passage/society5-direction-2021-10",
    "doc/geometry/region-sorachi",
    "ontology",
    "codelists",
    "shapes",
    "quality",
    "link",
    "links",
    "graph/source",
    "catalog",
    "void",
    "dump",
    "release/RELEASE",
    "doc/initiative/nothing",
    "sparql",
]
QUERIES = [
    "SELECT * WHERE { ?s ?p ?o } LIMIT 5",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 5",
    "SELECT '</script><b' WHERE {",
    "</textarea><script>alert(1)</script>",
]
PERSON = {"Accept": "text/html"}
both = pytest.mark.parametrize("language", ["ja", "en"])


def parse(content: bytes) -> None:
    """Read a page; raises ParseError at the first thing that the grammar does not allow."""
    html5lib.HTMLParser(strict=True).parse(content, transport_encoding="utf-8")


@pytest.mark.parametrize("path", PAGES)
@both
def test_a_page_is_html_without_an_error(
    client: FlaskClient, release: Release, path: str, language: str
) -> None:
    address = f"/{path.replace('RELEASE', release.id)}.{language}.html"
    answer = client.get(address, headers=PERSON)
    assert answer.content_type == "text/html; charset=utf-8"
    parse(answer.data)


@pytest.mark.parametrize("query", QUERIES)
def test_results_and_mistakes_are_html_without_an_error(client: FlaskClient, query: str) -> None:
    asked = {"query": query, "format": "html"}
    answer = client.get("/sparql", query_string=asked, headers=PERSON)
    assert answer.content_type == "text/html; charset=utf-8"
    parse(answer.data)


def test_the_parser_finds_errors() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        parse(b"<!DOCTYPE html><html lang=en><title>a</title><p><b>a</p></b>")


#: Addresses that are refused, each for another reason.
REFUSED = [
    "nothing",
    "doc/initiative/nothing",
    "doc/nothing",
    "code/999999",
    "doc/municipality?page=99",
    "doc/municipality?sort=nothing",
    "sparql?example=nothing",
    "help/nothing",
    "release/000000000000",
    "changes/a..b",
    "dump/latest/nothing.ttl",
]
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龯]")


@pytest.mark.parametrize("address", REFUSED)
@both
def test_a_refusal_says_in_which_language_each_of_its_parts_is(
    client: FlaskClient, address: str, language: str
) -> None:
    answer = client.get(f"/{address}", headers=PERSON | {"Accept-Language": language})
    assert answer.status_code >= 400
    page = html5lib.parse(answer.data, namespaceHTMLElements=False)
    assert page.get("lang") == language
    other = "en" if language == "ja" else "ja"
    marked = "".join(
        text for part in page.findall(f".//*[@lang='{other}']") for text in part.itertext()
    )
    assert JAPANESE.search(marked) if other == "ja" else not JAPANESE.search(marked)
    for part in page.findall(f".//*[@lang='{other}']"):
        part.clear()
    main = page.find(".//main")
    assert main is not None
    said = "".join(main.itertext())
    assert JAPANESE.search(said) if language == "ja" else not JAPANESE.search(said)

"""publish.search.opensearch: a description as OpenSearch 1.1 has it, in each language."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from publish.i18n import LANGUAGES, Language, Text
from publish.iris import Iris
from publish.search.opensearch import NAMESPACE, About, describe

BASE = "https://data.example.jp/lod/"
TITLE = Text(
    "霞県の計画と市町についてのリンクトデータ <&>", "Plans and towns of Kasumi as linked data <&>"
)
ABOUT = About(TITLE, f"{BASE}icon.svg", Text("霞市", "Kasumi"), Text("霞県", "Kasumi Prefecture"))
each = pytest.mark.parametrize("language", LANGUAGES)


def read(language: Language, about: About = ABOUT) -> Element:
    return ElementTree.fromstring(describe(Iris.at(BASE), about, language))


def texts(root: Element, name: str) -> list[str]:
    return [element.text or "" for element in root.iter(f"{{{NAMESPACE}}}{name}")]


@each
def test_names_keep_the_lengths_of_the_specification(language: Language) -> None:
    root = read(language)
    assert root.tag == f"{{{NAMESPACE}}}OpenSearchDescription"
    ((short,), (long,), (description,)) = (
        texts(root, name) for name in ("ShortName", "LongName", "Description")
    )
    title = TITLE.in_(language)
    assert 0 < len(short) <= 16 and title.startswith(short)
    assert 0 < len(long) <= 48
    assert title in description and len(description) <= 1024


def test_an_english_name_is_cut_between_words() -> None:
    assert texts(read("en"), "ShortName") == ["Plans and towns"]


@each
def test_addresses_are_absolute_and_have_a_place_for_the_text(language: Language) -> None:
    urls = {
        (url.get("type"), url.get("rel")): url.get("template") or ""
        for url in read(language).iter(f"{{{NAMESPACE}}}Url")
    }
    assert urls == {
        ("text/html", None): f"{BASE}search.{language}.html?q={{searchTerms}}&page={{startPage?}}",
        ("application/json", None): f"{BASE}search.json?q={{searchTerms}}&page={{startPage?}}",
        ("application/x-suggestions+json", "suggestions"): (
            f"{BASE}suggest.opensearch?q={{searchTerms}}&lang={language}"
        ),
        ("application/opensearchdescription+xml", "self"): f"{BASE}opensearch.{language}.xml",
    }


@each
def test_both_languages_can_be_searched_and_an_example_finds_something(language: Language) -> None:
    root = read(language)
    assert texts(root, "Language") == ["ja", "en"]
    (query,) = root.iter(f"{{{NAMESPACE}}}Query")
    assert (query.get("role"), query.get("searchTerms")) == (
        "example",
        ["霞市", "Kasumi"][language == "en"],
    )
    assert texts(root, "Attribution") == [str(ABOUT.attribution).split(" / ")[language == "en"]]


def test_what_is_not_known_is_left_out() -> None:
    root = read("ja", About(TITLE, f"{BASE}icon.svg", None, None))
    assert texts(root, "Attribution") == [] and texts(root, "Query") == []


def test_the_bytes_are_the_same_each_time() -> None:
    assert describe(Iris.at(BASE), ABOUT, "ja") == describe(Iris.at(BASE), ABOUT, "ja")

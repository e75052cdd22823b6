"""publish.search.search: parameters are read in any form, written in one, and bounded."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.i18n import Text
from publish.search.search import (
    LONGEST,
    MOST_PAGES,
    MOST_SUGGESTED,
    Fault,
    Inquiry,
    clean,
    read_search,
    read_suggestion,
)
from publish.shacl.shapes import Kind

KINDS = [
    Kind(segment, "", "", Text(segment, segment), n, ())
    for n, segment in enumerate(("initiative", "region", "municipality"))
]


def search(query: str) -> Inquiry | Fault:
    return read_search(parse_qsl(query, keep_blank_values=True), KINDS)


def suggestion(query: str) -> Inquiry | Fault:
    return read_suggestion(parse_qsl(query, keep_blank_values=True), KINDS)


def read(query: str) -> Inquiry:
    found = search(query)
    assert isinstance(found, Inquiry)
    return found


def status(found: Inquiry | Fault) -> int:
    return found.status if isinstance(found, Fault) else 200


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("", ""),
        ("q=", ""),
        ("q=+a++b+", "?q=a%20b"),
        ("q=a&page=1&utm_source=x", "?q=a"),
        ("q=a&type=&page=", "?q=a"),
        ("page=2&q=a", "?q=a&page=2"),
        ("type=municipality&q=a&type=region", "?q=a&type=region&type=municipality"),
        ("q=a&type=municipality,region,region", "?q=a&type=region&type=municipality"),
        ("q=a%00%1F%0Ab", "?q=a%20b"),
        ("q=%E6%B3%8A%E3%80%80%E6%9D%91", "?q=%E6%B3%8A%20%E6%9D%91"),
        ("q=a&q=b", "?q=a"),
    ],
)
def test_a_search_has_one_address(asked: str, written: str) -> None:
    assert read(asked).query == written


@given(st.text(max_size=LONGEST), st.integers(1, MOST_PAGES))
def test_what_is_written_is_read_again(text: str, page: int) -> None:
    inquiry = Inquiry(clean(text), ("region",), page if clean(text) else 1)
    assert read(inquiry.query.removeprefix("?")) == inquiry


@given(st.text())
def test_a_clean_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    assert found == found.strip() and "\n" not in found and "\0" not in found


def test_a_text_is_as_long_as_a_name_may_be() -> None:
    assert read(f"q={'a' * LONGEST}").text == "a" * LONGEST
    found = search(f"q={'a' * (LONGEST + 1)}")
    assert isinstance(found, Fault) and found.status == 400
    assert "200" in found.said.ja and "201" in found.said.en


def test_an_unknown_type_is_refused_with_those_that_there_are() -> None:
    found = search("q=a&type=town")
    assert isinstance(found, Fault) and found.status == 400
    for said in (found.said.ja, found.said.en):
        assert "town" in said and "initiative, region, municipality" in said


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.0", "２", str(MOST_PAGES + 1), "9" * 20])
def test_there_is_no_page_before_the_first_or_after_the_last(page: str) -> None:
    assert status(search(f"q=a&page={page}")) == 404


def test_the_form_alone_has_no_second_page() -> None:
    assert status(search("page=2")) == 404


def test_suggestions_say_how_many_and_in_which_language() -> None:
    found = suggestion("q=a&limit=3&lang=en-GB")
    assert isinstance(found, Inquiry)
    assert (found.limit, found.language) == (3, "en")
    assert found.suggesting("en") == "?q=a&limit=3&lang=en"
    plain = suggestion("q=a&limit=")
    assert isinstance(plain, Inquiry)
    assert (plain.language, plain.suggesting("ja")) == (None, "?q=a&lang=ja")


@pytest.mark.parametrize(
    "wrong", [f"limit={n}" for n in ("0", "-1", "x", MOST_SUGGESTED + 1)] + ["lang=fr", "type=x"]
)
def test_suggestions_out_of_bounds_are_refused(wrong: str) -> None:
    assert status(suggestion(f"q=a&{wrong}")) == 400


def test_another_search_begins_on_its_first_page() -> None:
    there = Inquiry("a", ("region",), 3)
    assert there.offset == 40
    assert there.among().query == "?q=a"
    assert there.of("b").query == "?q=b&type=region"
    assert there.on_page(4).query == "?q=a&type=region&page=4"

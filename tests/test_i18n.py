"""publish.i18n: texts in Japanese and English."""

from __future__ import annotations

import pytest

from publish.i18n import LANGUAGES, Language, Text, known


def test_japanese_comes_first() -> None:
    assert LANGUAGES == ("ja", "en")


@pytest.mark.parametrize(("language", "expected"), [("ja", "施策"), ("en", "initiative")])
def test_a_text_is_given_in_the_language_asked_for(language: Language, expected: str) -> None:
    assert Text("施策", "initiative").in_(language) == expected


def test_a_text_as_a_string_shows_both_languages() -> None:
    assert str(Text("施策", "initiative")) == "施策 / initiative"


def test_names_in_braces_are_filled_in_both_languages() -> None:
    text = Text("{count}件の施策", "{count} initiatives").format(count=25)
    assert text == Text("25件の施策", "25 initiatives")


def test_a_text_is_filled_into_a_text_language_by_language() -> None:
    text = Text("形式：{name}", "Format: {name}").format(name=Text("ウェブページ", "web page"))
    assert text == Text("形式：ウェブページ", "Format: web page")


def test_braces_in_a_value_stay_as_they_are() -> None:
    text = Text("値「{value}」", "value {value}").format(value="{+url}")
    assert text == Text("値「{+url}」", "value {+url}")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ja", "ja"), ("JA-jp", "ja"), ("en-GB", "en"), ("fr", None), ("", None), ("jav", None)],
)
def test_a_language_tag_is_known_by_its_first_part(tag: str, expected: str | None) -> None:
    assert known(tag) == expected

from __future__ import annotations

from typing import Any

import pytest

from publish.catalog.ckan.api import LONGEST, ActionError, Arguments


def test_texts_numbers_and_truth_values_are_read_from_urls_and_from_json() -> None:
    given = Arguments({"a": "霞", "n": "12", "m": 3, "t": "True", "f": False, "e": ""})
    assert (given.text("a"), given.text("nothing"), given.text("m")) == ("霞", "", "3")
    assert (given.number("n", 0), given.number("m", 0), given.number("e", 7)) == (12, 3, 7)
    assert given.truth("t") and not given.truth("f", default=True)
    assert given.truth("nothing", default=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ()),
        ("", ()),
        ("tags", ("tags",)),
        ('["tags", "groups"]', ("tags", "groups")),
        (["tags"], ("tags",)),
    ],
)
def test_lists_come_as_json_as_one_text_or_as_lists(value: Any, expected: tuple[str, ...]) -> None:
    assert Arguments({"x": value}).texts("x") == expected


@pytest.mark.parametrize(
    "value", ["[", "[1]", "[" * 1500, 5, {"a": 1}, [1], ["x"] * 51, ["x" * 9999]]
)
def test_what_is_no_list_of_texts_is_refused(value: Any) -> None:
    with pytest.raises(ActionError) as raised:
        Arguments({"facet.field": value}).texts("facet.field")
    assert raised.value.status == 409
    assert raised.value.error["__type"] == "Validation Error"
    assert "facet.field" in raised.value.error


@pytest.mark.parametrize("value", ["x", "1.5", 1.5, True, [1], "9" * 30, "-1", -1])
def test_what_is_no_natural_number_is_refused(value: Any) -> None:
    with pytest.raises(ActionError) as raised:
        Arguments({"rows": value}).number("rows", 10)
    (message,) = raised.value.error["rows"]
    assert "整数" in message and " / " in message


def test_a_number_may_be_negative_where_that_means_something() -> None:
    assert Arguments({"facet.limit": "-1"}).number("facet.limit", 50, least=None) == -1


@pytest.mark.parametrize("value", ["x" * (LONGEST + 1), ["a"], {"a": "b"}])
def test_a_text_is_bounded(value: Any) -> None:
    with pytest.raises(ActionError):
        Arguments({"q": value}).text("q")


def test_one_of_several_names_will_do() -> None:
    assert Arguments({"name_or_id": "a"}).required("id", "name_or_id") == "a"
    with pytest.raises(ActionError) as raised:
        Arguments({}).required("id", "name_or_id")
    assert raised.value.error["name_or_id"] == ["値がありません / Missing value"]


def test_a_page_is_a_part_of_a_list() -> None:
    listed = list(range(10))
    assert Arguments({"limit": 3, "offset": "8"}).page(listed) == [8, 9]
    assert Arguments({"limit": 0}).page(listed) == Arguments({}).page(listed) == listed
    assert Arguments({"offset": 10**30}).page(listed) == []

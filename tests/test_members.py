"""publish.reconcile.queries: JSON that a stranger sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from publish.errors import BatchError
from publish.reconcile.queries import JsonValue, read_json


def told(do: Callable[[], object]) -> tuple[str, str, str, int]:
    """Return place, both messages and status of a refusal."""
    with pytest.raises(BatchError) as caught:
        do()
    (problem,) = caught.value.problems
    what = f"{problem.what.ja}{problem.remedy.ja}", f"{problem.what.en} {problem.remedy.en}"
    return (caught.value.where, *what, caught.value.status)


def sent(text: str) -> JsonValue:
    return read_json(text, "queries")


def test_a_fault_is_told_with_its_place_in_both_languages() -> None:
    members = sent('{"q0": {"properties": [{"pid": 5}]}}').object()
    (first,) = members["q0"].object()["properties"].list(10)
    place, ja, en, status = told(lambda: first.object()["pid"].text())
    assert place == "queries.q0.properties[0].pid"
    assert ja == "「queries.q0.properties[0].pid」が正しくありません。文字列を指定してください。"
    assert en == '"queries.q0.properties[0].pid" is not right. Give a string.'
    assert status == 400


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1,]",
        "{'a': 1}",
        '{"a": NaN}',
        "Infinity",
        "[" * 100_000,
        '{"a":' * 100_000,
        "1" * 10_000,
        b"\xff\xfe",
    ],
    ids=lambda text: repr(text[:10]),
)
def test_what_is_no_json_is_refused_and_nothing_else_goes_wrong(text: str | bytes) -> None:
    place, ja, _, status = told(lambda: read_json(text, "queries"))
    assert (place, status) == ("queries", 400)
    assert "JSONとして読めません" in ja


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "5", None, [], 1e400, float("inf")])
def test_a_count_is_a_whole_number_of_at_least_1(value: Any) -> None:
    assert told(JsonValue(value, "limit").count)[3] == 400


@pytest.mark.parametrize(("value", "count"), [(1, 1), (5.0, 5), (10**400, 10**400)])
def test_a_count_may_be_written_as_any_number(value: Any, count: int) -> None:
    assert JsonValue(value, "limit").count() == count


def test_an_object_has_what_it_must_and_nothing_else() -> None:
    object_ = sent('{"query": "a", "props": []}')
    _, ja, en, _ = told(lambda: object_.object(among=("query", "properties")))
    assert "「props」は、この仕様にない項目です" in ja and "query, properties" in en
    _, ja, _, _ = told(lambda: object_.object(required=("pid",)))
    assert "「pid」がありません" in ja
    assert told(sent("[]").object)[1].endswith("オブジェクト（{…}）を指定してください。")


def test_a_list_with_too_many_is_refused_with_413() -> None:
    _, ja, en, status = told(lambda: sent("[1, 2, 3]").list(2))
    assert status == 413
    assert "（3件）" in ja and "at most 2" in en
    assert told(lambda: sent("{}").list(2))[3] == 400
    assert told(lambda: sent("[]").list(2, least=1))[1].endswith("1件以上を指定してください。")


def test_choices_and_truth_values_are_what_they_must_be() -> None:
    assert JsonValue("any", "x").choice(("any", "all")) == "any"
    wrong: list[object] = ["none", None, ["any"], {}]
    for value in wrong:
        assert "any, all" in told(lambda: JsonValue(value, "x").choice(("any", "all")))[1]  # noqa: B023
    assert JsonValue(True, "x").truth() is True
    assert told(JsonValue("true", "x").truth)[3] == 400


def test_half_a_surrogate_pair_is_no_character() -> None:
    assert sent('"\\ud800a"').text() == "?a"
    assert told(lambda: sent('{"\\ud800": 1}').object(among=("a",)))[1].count("?") == 1


def test_a_name_that_was_sent_is_told_in_short() -> None:
    _, ja, _, _ = told(lambda: sent(f'{{"{"a" * 5000}": 1}}').object(among=("b",)))
    assert len(ja) < 300

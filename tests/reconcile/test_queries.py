"""publish.reconcile.queries: batches of queries, as the specification and its clients write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import BatchError
from publish.reconcile.queries import (
    Batch,
    Condition,
    JsonValue,
    Query,
    read_batch,
    read_batch_02,
    read_batch_10,
    read_json,
)
from tests.support.reconciliation import examples, faults, needs_specification, read

BATCH = "reconciliation-query-batch"
OLD = [*examples("0.2", BATCH, "valid")]
DRAFT = [*examples("1.0-draft", BATCH, "valid")]


def sent(content: Any) -> JsonValue:
    return JsonValue(content, "queries")


def one(content: Any) -> Query:
    """Return the only query of a batch of either version."""
    (query,) = read_batch(sent(content)).queries
    return query


def where(content: Any) -> str:
    with pytest.raises(BatchError) as caught:
        read_batch(sent(content))
    return caught.value.where


# -- the specification's examples -----------------------------------------------------------------


@pytest.mark.parametrize("path", OLD)
def test_what_is_valid_in_version_02_is_read(path: Path) -> None:
    batch = read_batch_02(sent(read(path)))
    assert batch.keys == tuple(read(path))
    assert read_batch(sent(read(path))) == batch


@pytest.mark.parametrize("path", DRAFT)
def test_what_is_valid_in_version_10_is_read(path: Path) -> None:
    batch = read_batch_10(sent(read(path)))
    assert len(batch.queries) == len(read(path)["queries"])
    assert batch.keys is None
    assert read_batch(sent(read(path))) == batch


@pytest.mark.parametrize("path", examples("0.2", BATCH, "invalid"))
def test_what_is_invalid_in_version_02_is_refused(path: Path) -> None:
    with pytest.raises(BatchError) as caught:
        read_batch_02(sent(read(path)))
    assert caught.value.where.startswith("q")


@pytest.mark.parametrize("path", examples("1.0-draft", BATCH, "invalid"))
def test_what_is_invalid_in_version_10_is_refused(path: Path) -> None:
    with pytest.raises(BatchError):
        read_batch_10(sent(read(path)))


def test_the_full_examples_say_the_same() -> None:
    """What 0.2 says of its first query, 1.0 says of its."""
    old = {
        "q0": {
            "query": "Christel Hanewinckel",
            "type": "DifferentiatedPerson",
            "limit": 5,
            "properties": [{"pid": "affiliation", "v": ["a", {"id": "b", "name": "c"}]}],
        }
    }
    draft = {
        "queries": [
            {
                "type": "DifferentiatedPerson",
                "limit": 5,
                "conditions": [
                    {"matchType": "name", "propertyValue": "Christel Hanewinckel"},
                    {
                        "matchType": "property",
                        "propertyId": "affiliation",
                        "propertyValue": ["a", {"id": "b", "name": "c"}],
                    },
                ],
            }
        ]
    }
    assert one(old) == one(draft)
    assert one(old) == Query(
        names=("Christel Hanewinckel",),
        types=("DifferentiatedPerson",),
        conditions=(Condition("affiliation", (("a",), ("b", "c"))),),
    )


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 60)
    | st.floats(-2, 2)
    | st.sampled_from(["any", "should", "all", "none", "name", "id", "property", "ja", "x", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name"]), inner),
    max_leaves=4,
)  # fmt: skip
_PROPERTY = st.dictionaries(st.sampled_from(["pid", "v", "more"]), _VALUES)
_OLD = st.dictionaries(
    st.sampled_from(["query", "type", "limit", "type_strict", "properties", "more"]),
    _VALUES | st.lists(_PROPERTY, max_size=2),
)
_CONDITION = st.dictionaries(
    st.sampled_from(
        ["matchType", "propertyId", "propertyValue", "required", "matchQuantifier", "lang"]
    ),
    _VALUES,
)
_DRAFT = st.dictionaries(
    st.sampled_from(["type", "limit", "lang", "dir", "conditions", "more"]),
    _VALUES | st.lists(_CONDITION, max_size=2),
)
#: What the schemas allow and their text does not: a limit is a positive integer, a direction and a
#: language are told where they are used, a property has an id.
_STRICTER = ("limit", "propertyId", "lang", "dir")


@needs_specification
@given(_OLD)
def test_whatever_the_schema_of_02_refuses_is_refused(query: dict[str, Any]) -> None:
    batch = {"q0": query}
    _agree("0.2", batch, any(name in str(batch) for name in _STRICTER))


@needs_specification
@given(_DRAFT)
def test_whatever_the_schema_of_10_refuses_is_refused(query: dict[str, Any]) -> None:
    batch = {"queries": [query]}
    _agree(
        "1.0-draft",
        batch,
        any(name in str(batch) for name in _STRICTER) or "property" in str(batch),
    )


#: Members that need not be sent, and may be sent as null or empty.
_OPTIONAL = (
    "type", "limit", "type_strict", "properties", "lang", "dir", "propertyId", "required",
    "matchQuantifier",
)  # fmt: skip


def _with_what_is_stated(value: Any) -> Any:
    """Return a query without the optional members that state nothing."""
    if isinstance(value, list):
        return [_with_what_is_stated(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {n: v for n, v in value.items() if n not in _OPTIONAL or v not in (None, "")}
    if kept.get("query", "") is None:
        del kept["query"]
    if isinstance(kept.get("type"), list):
        kept["type"] = [one for one in kept["type"] if one not in (None, "")]
    return {name: _with_what_is_stated(one) for name, one in kept.items()}


def _agree(version: str, batch: Any, may_be_stricter: bool) -> None:
    stated = _with_what_is_stated(batch)
    valid = not faults(version, BATCH, stated)
    reader = read_batch_02 if version == "0.2" else read_batch_10
    try:
        reader(sent(batch))
    except BatchError:
        assert may_be_stricter or not valid, batch
    else:
        assert valid, (batch, faults(version, BATCH, stated))


# -- what queries mean ------------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize("member", ["type", "limit", "properties", "type_strict"])
def test_an_optional_member_of_02_that_is_null_or_empty_is_as_if_absent(
    member: str, nothing: Any
) -> None:
    assert one({"q0": {"query": "a", member: nothing}}) == one({"q0": {"query": "a"}})


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize("member", ["type", "limit", "lang", "dir"])
def test_an_optional_member_of_10_that_is_null_or_empty_is_as_if_absent(
    member: str, nothing: Any
) -> None:
    query = {"conditions": [{"matchType": "name", "propertyValue": "a"}]}
    assert one({"queries": [query | {member: nothing}]}) == one({"queries": [query]})


@pytest.mark.parametrize("member", ["required", "matchQuantifier", "matchQualifier", "propertyId"])
def test_an_optional_member_of_a_condition_that_is_null_is_as_if_absent(member: str) -> None:
    condition = {"matchType": "name", "propertyValue": "a"}
    draft = [{"queries": [{"conditions": [c]}]} for c in (condition, condition | {member: None})]
    assert one(draft[0]) == one(draft[1])


@pytest.mark.parametrize("types", [[], [""], [None], [None, ""]])
def test_a_list_of_no_types_is_as_if_absent(types: list[Any]) -> None:
    assert one({"q0": {"query": "a", "type": types}}) == one({"q0": {"query": "a"}})


def test_what_is_needed_must_be_stated_nevertheless() -> None:
    assert where({"q0": {"query": None}}) == "q0"
    assert where({"q0": {"query": None, "properties": None}}) == "q0"
    assert one({"q0": {"query": None, "properties": [{"pid": "b", "v": "c"}]}}).names == ()


def test_values_are_strings_numbers_truth_values_things_and_lists() -> None:
    stated = ["a", 5, 5.0, 1.5, True, {"id": "x", "name": "y"}, {"id": "z"}]
    query = one({"q0": {"query": "", "properties": [{"pid": "p", "v": stated}]}})
    (condition,) = query.conditions
    assert condition.values == (("a",), ("5",), ("5",), ("1.5",), ("true",), ("x", "y"), ("z",))


@pytest.mark.parametrize("code", [12025, "12025", "１２０２５"])
def test_a_code_without_its_first_zero_is_read_with_it_too(code: Any) -> None:
    query = one({"q0": {"properties": [{"pid": "code", "v": code}]}})
    assert query.conditions[0].values == ((str(code), "012025"),)


def test_a_code_that_may_be_whole_stays_as_it_is() -> None:
    query = one({"q0": {"properties": [{"pid": "code", "v": ["01202", "no code", "1234567"]}]}})
    assert query.conditions[0].values == (("01202",), ("no code",), ("1234567",))


def test_candidates_are_5_unless_asked_and_never_more_than_50() -> None:
    assert one({"q": {"query": "a"}}).limit == 5
    assert one({"q": {"query": "a", "limit": 3.0}}).limit == 3
    assert one({"q": {"query": "a", "limit": 10**9}}).limit == 50


def test_a_type_is_one_or_several() -> None:
    assert one({"q": {"query": "a", "type": "b"}}).types == ("b",)
    assert one({"q": {"query": "a", "type": ["b", "c"]}}).types == ("b", "c")


def test_conditions_can_be_required_all_or_none() -> None:
    def condition(**more: Any) -> dict[str, Any]:
        return {"matchType": "property", "propertyId": "p", "propertyValue": "v"} | more

    query = one(
        {"queries": [{"conditions": [condition(required=True), condition(matchQuantifier="all")]}]}
    )
    assert [(c.required, c.quantifier) for c in query.conditions] == [
        (True, "any"),
        (False, "all"),
    ]


def test_names_and_ids_can_be_several_or_excluded() -> None:
    conditions = [
        {"matchType": "name", "propertyValue": ["a", "b"]},
        {"matchType": "id", "propertyValue": "c"},
        {"matchType": "name", "propertyValue": "d", "matchQuantifier": "none"},
        {"matchType": "id", "propertyValue": {"id": "e"}, "matchQuantifier": "none"},
    ]
    query = one({"queries": [{"conditions": conditions, "lang": "en-GB"}]})
    assert (query.names, query.ids, query.excluded) == (("a", "b"), ("c",), ("d", "e"))
    assert query.language == "en"


def test_a_batch_of_02_may_use_any_keys() -> None:
    assert read_batch(sent({"queries": {"query": "a"}})).keys == ("queries",)
    assert read_batch(sent({})) == Batch((), ())


# -- faults and their places ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({}, "q0"),
        ("a", "q0"),
        ({"query": 5}, "q0.query"),
        ({"query": "a", "type": [5]}, "q0.type[0]"),
        ({"query": "a", "limit": 0}, "q0.limit"),
        ({"query": "a", "type_strict": "must"}, "q0.type_strict"),
        ({"query": "a", "properties": {}}, "q0.properties"),
        ({"query": "a", "properties": ["b"]}, "q0.properties[0]"),
        ({"query": "a", "properties": [{"pid": "b"}]}, "q0.properties[0]"),
        ({"query": "a", "properties": [{"pid": "b", "v": None}]}, "q0.properties[0].v"),
        ({"query": "a", "properties": [{"pid": "b", "v": [["c"]]}]}, "q0.properties[0].v[0]"),
        ({"query": "a", "properties": [{"pid": "b", "v": {"name": "c"}}]}, "q0.properties[0].v"),
    ],
)
def test_a_fault_names_the_query_and_its_member(query: Any, place: str) -> None:
    assert where({"q0": query}) == place


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ({"matchType": "name"}, "[0]"),
        ({"matchType": "label", "propertyValue": "a"}, "[0].matchType"),
        ({"matchType": "property", "propertyValue": "a"}, "[0]"),
        ({"matchType": "name", "propertyValue": "a", "required": "yes"}, "[0].required"),
        ({"matchType": "name", "propertyValue": "a", "matchQuantifier": 1}, "[0].matchQuantifier"),
    ],
)
def test_a_fault_names_the_condition_and_its_member(condition: Any, place: str) -> None:
    batch = {"queries": [{"conditions": [condition]}]}
    assert where(batch) == f"queries.queries[0].conditions{place}"


# -- abuse ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("draft", [False, True])
def test_a_hundred_thousand_queries_are_refused_before_the_first_is_read(draft: bool) -> None:
    many: Any = [5] * 100_000
    batch = {"queries": many} if draft else {f"q{number}": 5 for number in range(100_000)}
    with pytest.raises(BatchError) as caught:
        read_batch(sent(batch))
    assert caught.value.status == 413
    assert "100,000" in caught.value.problems[0].what.ja


def test_more_properties_or_values_than_anybody_needs_are_refused() -> None:
    stated = [{"pid": "p", "v": "v"}] * 31
    assert where({"q0": {"query": "a", "properties": stated}}) == "q0.properties"
    assert where({"q0": {"query": "a", "properties": [{"pid": "p", "v": ["v"] * 51}]}})


def test_a_value_that_is_too_long_tells_nothing() -> None:
    query = one({"q0": {"query": "a", "properties": [{"pid": "p", "v": ["x" * 501, "y"]}]}})
    assert query.conditions[0].values == (("y",),)


@given(st.text())
def test_no_text_is_anything_but_a_batch_or_a_refusal(text: str) -> None:
    for written in (text, json.dumps({"q0": {"query": text, "type": text}})):
        try:
            read_batch(read_json(written, "queries"))
        except BatchError as error:
            assert error.status in (400, 413)


# -- JSON that a stranger sent --------------------------------------------------------------------


def told(do: Callable[[], object]) -> tuple[str, str, str, int]:
    """Return place, both messages and status of a refusal."""
    with pytest.raises(BatchError) as caught:
        do()
    (problem,) = caught.value.problems
    what = f"{problem.what.ja}{problem.remedy.ja}", f"{problem.what.en} {problem.remedy.en}"
    return (caught.value.where, *what, caught.value.status)


def json_value(text: str) -> JsonValue:
    return read_json(text, "queries")


def test_a_fault_is_told_with_its_place_in_both_languages() -> None:
    members = json_value('{"q0": {"properties": [{"pid": 5}]}}').object()
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
    object_ = json_value('{"query": "a", "props": []}')
    _, ja, en, _ = told(lambda: object_.object(among=("query", "properties")))
    assert "「props」は、この仕様にない項目です" in ja and "query, properties" in en
    _, ja, _, _ = told(lambda: object_.object(required=("pid",)))
    assert "「pid」がありません" in ja
    assert told(json_value("[]").object)[1].endswith("オブジェクト（{…}）を指定してください。")


def test_a_list_with_too_many_is_refused_with_413() -> None:
    _, ja, en, status = told(lambda: json_value("[1, 2, 3]").list(2))
    assert status == 413
    assert "（3件）" in ja and "at most 2" in en
    assert told(lambda: json_value("{}").list(2))[3] == 400
    assert told(lambda: json_value("[]").list(2, least=1))[1].endswith(
        "1件以上を指定してください。"
    )


def test_choices_and_truth_values_are_what_they_must_be() -> None:
    assert JsonValue("any", "x").choice(("any", "all")) == "any"
    wrong: list[object] = ["none", None, ["any"], {}]
    for value in wrong:
        assert "any, all" in told(lambda: JsonValue(value, "x").choice(("any", "all")))[1]  # noqa: B023
    assert JsonValue(True, "x").truth() is True
    assert told(JsonValue("true", "x").truth)[3] == 400


def test_half_a_surrogate_pair_is_no_character() -> None:
    assert json_value('"\\ud800a"').text() == "?a"
    assert told(lambda: json_value('{"\\ud800": 1}').object(among=("a",)))[1].count("?") == 1


def test_a_name_that_was_sent_is_told_in_short() -> None:
    _, ja, _, _ = told(lambda: json_value(f'{{"{"a" * 5000}": 1}}').object(among=("b",)))
    assert len(ja) < 300

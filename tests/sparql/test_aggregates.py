"""publish.sparql.aggregates: what gave nothing is told, and gives something when it is rewritten."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from publish.sparql.aggregates import advice, advise, aggregates

DATA = b"""
PREFIX : <urn:>
:a a :T ; :number 1 ; :text "ja"@ja ; :link :x .
:b a :T ; :text "en"@en ; :link :y .
:c a :T ; :number 3 ; :text "plain" .
"""
ALL = "?s a <urn:T> OPTIONAL { ?s <urn:number> ?v } OPTIONAL { ?s <urn:text> ?t } OPTIONAL { ?s <urn:link> ?l }"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.load(DATA, ox.RdfFormat.TURTLE)
    return found


def ask(store: ox.Store, query: str) -> dict[str, object]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    content: dict[str, object] = json.loads(
        solutions.serialize(format=ox.QueryResultsFormat.JSON) or b""
    )
    return content


def only(content: dict[str, object], name: str = "r") -> str | None:
    (row,) = content["results"]["bindings"]  # type: ignore[index]
    return row[name]["value"] if name in row else None


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("SUM(?v)", "4"),
        ("sum( DISTINCT ?v )", "4"),
        ("SUM(?v * 2)", "8"),
        ("AVG(?v)", "2"),
        ("MIN(?v)", "1"),
        ("MAX(?v)", "3"),
        ("Max(DISTINCT ?v)", "3"),
        ("CONCAT('n=', STR(SUM(?v)))", "n=4"),
        ("SUM(?v) / AVG(?v)", "2"),
        ("IF(MIN(?v) = 1, (SUM(?v)), 0)", "4"),
    ],
)
def test_a_row_without_a_value_is_told_and_does_no_harm_in_the_rewritten_query(
    store: ox.Store, call: str, expected: str
) -> None:
    query = f"SELECT ({call} AS ?r) WHERE {{ {ALL} }}"
    content = ask(store, query)
    assert only(content) is None
    found = advise(query, content)
    assert found is not None and found.query is not None
    assert "?r" in found.notes[0].ja and "値のない行" in found.notes[0].ja
    assert "?r" in found.notes[0].en
    assert only(ask(store, found.query)) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("GROUP_CONCAT(?t)", {"", "en", "ja", "plain"}),
        ('GROUP_CONCAT(?l; separator=" ")', {"", "urn:x", "urn:y"}),
        ("GROUP_CONCAT(DISTINCT ?v ; SEPARATOR = ' ')", {"", "1", "3"}),
        ("GROUP_CONCAT(STR(?l))", {"", "urn:x", "urn:y"}),
        ("group_concat(?s; separator=' ')", {"urn:a", "urn:b", "urn:c"}),
        ("GROUP_CONCAT(DISTINCT STR(?l); SEPARATOR=' ')", {"", "urn:x", "urn:y"}),
    ],
)
def test_values_that_are_no_text_are_concatenated_in_the_rewritten_query(
    store: ox.Store, call: str, expected: set[str]
) -> None:
    query = f"SELECT ({call} AS ?r) WHERE {{ {ALL} }}"
    content = ask(store, query)
    found = advise(query, content)
    if only(content) is not None:  # all of them are texts
        assert found is None
        return
    assert found is not None and found.query is not None
    assert set((only(ask(store, found.query)) or "").split(" ")) | {""} == expected | {""}


def test_every_group_and_every_column_is_told_of_once(store: ox.Store) -> None:
    query = (
        f"SELECT ?s (MIN(?v) AS ?least) (GROUP_CONCAT(?l) AS ?links) (COUNT(?v) AS ?n) {{ {ALL} }} "
        "GROUP BY ?s ORDER BY ?s"
    )
    found = advise(query, ask(store, query))
    assert found is not None and found.query is not None
    assert [note.en.split(":")[0] for note in found.notes] == [
        "Empty cells of ?least",
        "Empty cells of ?links",
    ]
    assert "FILTER(BOUND(?v)) } GROUP BY" in found.query
    assert 'GROUP_CONCAT(COALESCE(STR(?l), ""))' in found.query


def test_the_filter_goes_into_the_pattern_of_its_own_select(store: ox.Store) -> None:
    query = f"SELECT ?r {{ {{ SELECT (MIN(?v) AS ?r) {{ {ALL} }} }} }}"
    found = advise(query, ask(store, query))
    assert found is not None and found.query is not None
    assert only(ask(store, found.query)) == "1"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (COUNT(?v) AS ?r) {{ {ALL} }}",
        f"SELECT (SAMPLE(?v) AS ?r) {{ {ALL} }}",
        f"SELECT ?s ?v {{ {ALL} }}",
        "SELECT (SUM(?v) AS ?r) { ?s <urn:number> ?v }",
        "SELECT (GROUP_CONCAT(?t) AS ?r) { ?s <urn:text> ?t }",
        "SELECT ?sum { ?s a <urn:T> BIND('SUM(?v) AS ?sum' AS ?text) } # (SUM(?v) AS ?sum)",
        f"SELECT ?s (COALESCE(?v, 0) AS ?min) {{ {ALL} }}",
        f"SELECT ?v (SUM(COALESCE(?w, 0)) AS ?r) {{ {ALL} BIND(1 AS ?w) }} GROUP BY ?v",
    ],
)
def test_where_no_aggregate_gave_nothing_nothing_is_said(store: ox.Store, query: str) -> None:
    assert advise(query, ask(store, query)) is None


@pytest.mark.parametrize(
    "call", ["SUM(COALESCE(?v, ?w))", "MIN(?v + 1)", "MAX(STRLEN(?t))", "GROUP_CONCAT(coalesce(?v))"]
)  # fmt: skip
def test_what_cannot_be_rewritten_for_certain_is_told_and_left(call: str) -> None:
    found = advice(f"SELECT ({call} AS ?r) {{ ?s ?p ?v }}", {"r"})
    assert found is not None
    assert found.query is None


@pytest.mark.parametrize(
    "query",
    ["", "SELECT (SUM(?v", "SELECT (SUM(?v) AS", "((((", "}}}} SUM ) AS ?x", "SELECT (SUM(;;) AS ?r",
     "SELECT (GROUP_CONCAT(DISTINCT) AS ?r) {", "SUM(?x) AS ?r }"],
)  # fmt: skip
def test_text_that_is_no_query_has_no_aggregates(query: str) -> None:
    assert aggregates(query) == ()


def test_separators_and_comments_stay_where_they_are() -> None:
    query = 'SELECT (GROUP_CONCAT(?x; # ")"\n separator="; ") AS ?r) { ?s ?p ?x }'
    found = advice(query, {"r"})
    assert found is not None
    assert found.query == query.replace("?x;", 'COALESCE(STR(?x), "");', 1)


def test_a_long_table_is_not_looked_through() -> None:
    rows = "1 " * 50_000
    query = f"SELECT (SUM(?v) AS ?r) {{ VALUES ?v {{ {rows} }} }}"
    assert advise(query, {"head": {"vars": ["r"]}, "results": {"bindings": [{}]}}) is None

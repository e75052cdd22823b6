"""publish.errors: what is said of what went wrong, and where."""

from __future__ import annotations

import pytest

from publish import errors
from publish.errors import (
    GraphError,
    LodpubError,
    Place,
    Problem,
    QueryError,
    SourceError,
    TableError,
    TurtleError,
    ValidationError,
)
from publish.i18n import Text

MISSING = Text("値がありません。", "The value is missing.")
FILL_IN = Text("値を入れてください。", "Fill it in.")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("data/towns.csv"), "data/towns.csv"),
        (Place("data/towns.csv", 3), "data/towns.csv:3"),
        (Place("data/towns.csv", 3, "code"), "data/towns.csv:3:code"),
        (Place("data/source.plans.ttl", 12, "7"), "data/source.plans.ttl:12:7"),
    ],
)
def test_a_place_reads_file_line_column(place: Place, expected: str) -> None:
    assert str(place) == expected


def test_a_place_as_json_leaves_out_what_is_unknown() -> None:
    assert Place("data/towns.csv", 3).as_json() == {"file": "data/towns.csv", "line": 3}


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem(MISSING, FILL_IN, Place("data/towns.csv", 3, "code"))
    assert problem.said("ja") == "data/towns.csv:3:code: 値がありません。 → 値を入れてください。"
    assert problem.said("en") == "data/towns.csv:3:code: The value is missing. → Fill it in."


def test_a_problem_without_a_place_says_the_rest() -> None:
    assert Problem(MISSING, FILL_IN).said("en") == "The value is missing. → Fill it in."


def test_an_error_of_several_problems_says_a_line_each() -> None:
    two = [Problem(MISSING, FILL_IN, Place("data/towns.csv", line)) for line in (2, 3)]
    error = TableError.of(two)
    assert isinstance(error, TableError)
    assert error.problems == tuple(two)
    assert error.said("ja").splitlines() == [
        "data/towns.csv:2: 値がありません。 → 値を入れてください。",
        "data/towns.csv:3: 値がありません。 → 値を入れてください。",
    ]


def test_an_error_as_a_string_is_bilingual() -> None:
    error = GraphError(MISSING, FILL_IN, Place("data/towns.csv", 2))
    assert str(error) == (
        "data/towns.csv:2 値がありません。 / The value is missing."
        " → 値を入れてください。 / Fill it in."
    )


def test_an_error_of_one_text_carries_it_as_its_problem() -> None:
    assert TurtleError(MISSING, FILL_IN).problems == (Problem(MISSING, FILL_IN),)


@pytest.mark.parametrize("kind", [TurtleError, TableError, GraphError])
def test_errors_of_files_are_source_errors(kind: type[LodpubError]) -> None:
    assert issubclass(kind, SourceError)


def test_broken_shapes_are_not_source_errors() -> None:
    assert not issubclass(ValidationError, SourceError)


def test_the_tree_in_the_docstring_names_every_error() -> None:
    assert errors.__doc__ is not None
    defined = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, LodpubError)
    ]
    assert [name for name in defined if name not in errors.__doc__] == []


def test_a_query_error_has_status_and_position() -> None:
    error = QueryError(MISSING, FILL_IN, status=400, line=2, column=7)
    assert (error.status, error.line, error.column) == (400, 2, 7)

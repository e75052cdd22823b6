"""Every bullet of the policy text became a passage and activities, and its text is not stored.

`data/coverage.csv` says which lines became what, so that this can be shown without the text; where
the text is at hand, it is compared with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import pairwise

import pyoxigraph as ox
import pytest

from publish.iris import Iris
from publish.project.csvw import read_table
from publish.project.dataset import read_dataset
from tests.support.real import BASE, ROOT, rows
from tests.whole import expected

SOURCE_TEXT = ROOT.parent / "shared" / "source" / "000_37ba6c15635a15bd.txt"
DOCUMENT = "society5-direction-2021"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return read_dataset(ROOT, Iris.at(BASE)).store()


@pytest.fixture(scope="module")
def source_lines() -> list[str]:
    if not SOURCE_TEXT.exists():
        pytest.skip("the text of the policy document is not on this machine")
    return SOURCE_TEXT.read_text("utf-8").split("\n")


def coverage() -> list[dict[str, str]]:
    table = read_table(ROOT / "data" / "coverage.csv", ROOT)
    return [row for _, row in table.rows]


def passages(store: ox.Store) -> dict[str, tuple[int, int, str]]:
    """Return first line, last line and hash of each passage by its key."""
    found = rows(
        store,
        """SELECT ?p ?first ?last ?hash {
            ?p <ontology#firstLine> ?first ; <ontology#lastLine> ?last ; <ontology#sha256> ?hash
        }""",
    )
    return {
        str(key).removeprefix("id/passage/"): (int(str(first)), int(str(last)), str(hash_))
        for key, first, last, hash_ in found
    }


def test_coverage_table_has_a_passage_for_each_bullet(store: ox.Store) -> None:
    spans = {key: (first, last) for key, (first, last, _) in passages(store).items()}
    table = {row["passage"]: (int(row["first_line"]), int(row["last_line"])) for row in coverage()}
    assert len(table) == 29
    assert table == {key: spans.get(key) for key in table}


def test_coverage_table_has_the_activities_of_each_passage(store: ox.Store) -> None:
    found = rows(
        store,
        """SELECT ?passage ?activity {
            ?activity a <ontology#Activity> ; <http://purl.org/dc/terms/source> ?passage
        }""",
    )
    table = {
        (row["passage"], activity)
        for row in coverage()
        for activity in row["activities"].split(";")
    }
    assert {
        (
            str(passage).removeprefix("id/passage/"),
            str(activity).removeprefix("id/activity/"),
        )
        for passage, activity in found
    } == table


def test_each_initiative_has_a_row_of_the_coverage_table(store: ox.Store) -> None:
    found = rows(
        store, "SELECT ?activity ?initiative { ?activity <ontology#activityOf> ?initiative }"
    )
    initiative_of = {
        str(activity).removeprefix("id/activity/"): str(initiative).removeprefix("id/initiative/")
        for activity, initiative in found
    }
    activities = [activity for row in coverage() for activity in row["activities"].split(";")]
    assert {initiative_of[activity] for activity in activities} == expected.INITIATIVES.keys()


def test_passage_keys_are_made_of_document_and_first_line(store: ox.Store) -> None:
    assert {key: f"{DOCUMENT}-{first}" for key, (first, _, _) in passages(store).items()} == {
        key: key for key in passages(store)
    }


def test_passages_do_not_overlap(store: ox.Store) -> None:
    spans = sorted((first, last) for first, last, _ in passages(store).values())
    overlapping = [(one, other) for one, other in pairwise(spans) if other[0] <= one[1]]
    assert overlapping == []


def test_every_line_of_the_text_belongs_to_a_passage(
    store: ox.Store, source_lines: list[str]
) -> None:
    covered = {
        line for first, last, _ in passages(store).values() for line in range(first, last + 1)
    }
    printed = {line for line, text in enumerate(source_lines, 1) if text.strip()}
    assert printed - covered == set()


def test_every_bullet_of_the_text_is_in_the_coverage_table(source_lines: list[str]) -> None:
    bullets = {line for line, text in enumerate(source_lines, 1) if text.startswith("•")}
    without_a_dot = {174}
    assert {int(row["first_line"]) for row in coverage()} == bullets | without_a_dot


def test_hashes_of_passages_are_those_of_the_text(store: ox.Store, source_lines: list[str]) -> None:
    found = passages(store)
    assert {key: hash_ for key, (_, _, hash_) in found.items()} == {
        key: hashlib.sha256("\n".join(source_lines[first - 1 : last]).encode()).hexdigest()
        for key, (first, last, _) in found.items()
    }


def test_initiative_names_stand_in_the_text(source_lines: list[str]) -> None:
    printed = [line.strip() for line in source_lines]
    assert [name for name in expected.INITIATIVES.values() if f"◆{name}" not in printed] == []


# -- The text itself is not stored -------------------------------------------------------------


def literals(store: ox.Store) -> Iterator[tuple[str, ox.Literal]]:
    for quad in store:
        if isinstance(quad.object, ox.Literal):
            yield str(getattr(quad.graph_name, "value", "")).removeprefix(BASE), quad.object


def test_no_literal_is_the_text_of_a_bullet(store: ox.Store) -> None:
    keys = {row["passage"] for row in coverage()}
    hashes = {hash_ for key, (_, _, hash_) in passages(store).items() if key in keys}
    stored = {
        hashlib.sha256(text.encode()).hexdigest()
        for _, literal in literals(store)
        for text in (literal.value, f"• {literal.value}")
    }
    assert hashes & stored == set()


def test_no_literal_of_the_source_graph_is_longer_than_a_heading(store: ox.Store) -> None:
    longest = max(
        len(literal.value)
        for graph, literal in literals(store)
        if graph == "graph/source" and literal.language
    )
    assert longest <= 48


def test_our_own_words_are_not_those_of_the_text(store: ox.Store, source_lines: list[str]) -> None:
    bullets = [
        "".join(source_lines[int(row["first_line"]) - 1 : int(row["last_line"])])
        for row in coverage()
    ]
    runs = {bullet[i : i + 15] for bullet in bullets for i in range(len(bullet) - 14)}
    found = rows(
        store,
        """PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?text {
            VALUES ?property { dcterms:description skos:definition skos:editorialNote }
            ?thing ?property ?text
            FILTER (LANG(?text) = "ja" && STRSTARTS(STR(?thing), STR(<id/>)))
        }""",
    )
    # Names, terms and purposes are facts, and may stand in our sentences.
    facts = rows(
        store,
        """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?text {
            VALUES ?property { skos:prefLabel <ontology#mentionedName> <ontology#purpose> }
            GRAPH <graph/source> { ?thing ?property ?text }
        }""",
    )
    quoted, named = (
        {text[i : i + 15] for (text,) in texts if text for i in range(len(text) - 14)}
        for texts in (found, facts)
    )
    assert (quoted & runs) - named == set()

""" """

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.browse.vocabulary import Usage, code_lists, quads_of, users
from publish.iris import Iris
from publish.project.dataset import read_dataset
from publish.release.release import Release
from tests.support.projects import IRIS, append, write_project
from tests.support.real import number

TREE = """
topic:b1 a skos:Concept ; skos:notation "B1" ; skos:inScheme scheme:topic ; skos:broader topic:care .
topic:b2 a skos:Concept ; skos:notation "A9" ; skos:inScheme scheme:topic ; skos:broader topic:b1 .
"""
CIRCLE = """
topic:x a skos:Concept ; skos:notation "X" ; skos:inScheme scheme:topic ; skos:broader topic:y .
topic:y a skos:Concept ; skos:notation "Y" ; skos:inScheme scheme:topic ; skos:broader topic:x .
"""


def store(project: Path, more: str = "") -> ox.Store:
    append(write_project(project) / "ontology" / "codelists.ttl", more)
    return read_dataset(project, IRIS).store()


def entries(found: ox.Store) -> list[tuple[str, str | None, int]]:
    (one,) = code_lists(found, IRIS.of("id/"))
    return [(entry.iri.rpartition("/")[2], entry.notation, entry.depth) for entry in one.entries]


def test_entries_stand_in_the_order_of_their_notations(tmp_path: Path) -> None:
    assert entries(store(tmp_path / "p")) == [("care", "T1", 0), ("robotics", "T2", 0)]


def test_an_entry_follows_the_one_above_it(tmp_path: Path) -> None:
    found = entries(store(tmp_path / "p", TREE))
    assert found == [
        ("care", "T1", 0),
        ("b1", "B1", 1),
        ("b2", "A9", 2),
        ("robotics", "T2", 0),
    ]


def test_entries_that_are_above_each_other_are_not_lost(tmp_path: Path) -> None:
    found = entries(store(tmp_path / "p", CIRCLE))
    assert sorted(name for name, _, _ in found) == ["care", "robotics", "x", "y"]


def test_users_are_counted_by_type_and_property(tmp_path: Path) -> None:
    found = users(store(tmp_path / "p", TREE), IRIS, IRIS.of("id/topic/care"))
    assert found == {("plan", "http://purl.org/dc/terms/subject"): 1}


def test_users_come_in_the_same_order_each_time(release: Release) -> None:
    lists = code_lists(release.store, release.iris.of("id/"))
    iris = [entry.iri for one in lists for entry in one.entries]
    several = [list(users(release.store, release.iris, iri)) for iri in iris]
    assert sum(len(found) > 1 for found in several) > 5
    assert several == [sorted(found) for found in several]


@pytest.mark.parametrize("key", ["technology", "tourism", "education"])
def test_users_are_those_that_a_query_counts(release: Release, key: str) -> None:
    iris: Iris = release.iris
    query = f"""
        SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
            ?thing <{iris.of("ontology#technology")}>|<http://purl.org/dc/terms/subject>
                <{iris.of(f"id/topic/{key}")}>
        }}"""
    rows = release.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    expected = int(next(iter(rows))["count"].value)
    things = users(release.store, iris, iris.of(f"id/topic/{key}"))
    assert expected > 0
    assert sum(things.values()) >= expected


def test_the_data_of_code_lists_are_all_that_is_said_of_them(release: Release) -> None:
    lists = code_lists(release.store, release.iris.of("id/"))
    said = {(q.subject, q.predicate, q.object) for q in quads_of(release.store, lists)}
    assert {one.iri.rpartition("/")[2] for one in lists} >= {"pillar", "stage", "topic"}
    assert len(said) > 200


def test_counts_are_those_of_queries(release: Release) -> None:
    usage, own = Usage(release.store), release.iris.of("ontology#")
    for class_ in ("Initiative", "AdministrativeUnit", "RegionalInitiative"):
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s a <{own}{class_}> }}"
        assert usage.things(own + class_) == number(release.store, query) > 0
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s <{own}stage> ?o }}"
    assert usage.statements(f"{own}stage") == number(release.store, query) > 0


def test_what_nobody_uses_is_used_no_times(release: Release) -> None:
    usage = Usage(release.store)
    assert usage.things("http://example.org/Nothing") == 0
    assert usage.statements("http://example.org/nothing") == 0
    assert usage.some("http://example.org/Nothing", 3) == ()


def test_the_first_things_of_a_class_are_given_in_order(release: Release) -> None:
    found = Usage(release.store).some(release.iris.of("ontology#RegionalInitiative"), 2)
    assert len(found) == 2
    assert [*found] == sorted(found)

"""The queries behind pages find exactly what the pages show."""

from __future__ import annotations

from itertools import combinations

import pyoxigraph as ox
import pytest

from publish.browse.describe import describe
from publish.browse.facets import Facet, Index, Step, Value, index_of
from publish.browse.lists import BY_NAME, members
from publish.browse.queries import Wanted, query_of_incoming, query_of_list, query_of_thing
from publish.release.release import Release
from publish.shacl.shapes import Kind, prefixes_of


def solutions(release: Release, query: str) -> list[tuple[object, ...]]:
    found = release.store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


@pytest.mark.parametrize(
    "thing",
    ["initiative/telemedicine", "municipality/011002", "region/sorachi", "pillar/living",
     "passage/society5-direction-2021-10", "organization/sorachi-bureau", "geometry/region-sorachi"],
)  # fmt: skip
def test_the_query_of_a_thing_finds_the_statements_of_its_page(
    release: Release, thing: str
) -> None:
    about = release.iris.of(f"id/{thing}")
    document = describe(release.store, release.shapes, about, release.iris.of(f"doc/{thing}"))
    assert not document.more_incoming
    parts = {quad for quads in document.parts.values() for quad in quads}
    shown = {*document.own, *parts, *document.incoming}
    found = solutions(release, query_of_thing(release.shapes, prefixes_of(release.shapes), about))
    assert len(found) == len(shown)
    assert set(found) == {(q.graph_name, q.subject, q.predicate, q.object) for q in shown}


def values(release: Release, query: str) -> list[str]:
    return [getattr(row[0], "value", "") for row in solutions(release, query)]


def index(release: Release, kind: Kind) -> Index:
    found = members(release.store, release.iris, kind)
    return index_of(release.store, release.shapes, kind, found)


def query(release: Release, wanted: Wanted, limit: int = 50, offset: int = 0) -> str:
    prefixes = prefixes_of(release.shapes)
    return query_of_list(release.iris, wanted, "ja", prefixes, limit, offset)


def test_the_queries_of_a_list_find_its_pages_in_their_order(release: Release) -> None:
    for kind in release.shapes.kinds:
        whole = members(release.store, release.iris, kind)
        pages = [
            values(release, query(release, Wanted(kind), offset=offset))
            for offset in range(0, len(whole), 50)
        ]
        assert [iri for page in pages for iri in page] == list(whole), kind.segment
        assert all(len(page) <= 50 for page in pages)


def test_the_queries_of_a_sorted_list_find_its_pages_in_their_order(release: Release) -> None:
    for kind in release.shapes.kinds:
        found = index(release, kind)
        for order in found.orders.keys() - {BY_NAME}:
            for offset in range(0, len(found.members), 50):
                page = values(release, query(release, Wanted(kind, order=order), offset=offset))
                assert page == list(found.found({}, order)[offset : offset + 50]), order


def test_the_query_of_a_list_by_japanese_name_finds_all_of_it(release: Release) -> None:
    for kind in release.shapes.kinds:
        found = values(release, query(release, Wanted(kind, order=BY_NAME), limit=1, offset=7))
        assert sorted(found) == sorted(members(release.store, release.iris, kind))


def test_the_query_of_what_is_chosen_finds_the_same_things(release: Release) -> None:
    tried = 0
    for kind in release.shapes.kinds:
        found = index(release, kind)
        for one, two in combinations(found.divisions, 2):
            for value in one.values:
                chosen = ((one.facet, (value,)), (two.facet, two.values[:3]))
                asked = query(release, Wanted(kind, chosen), limit=1000)
                names = {facet.name: [v.key for v in those] for facet, those in chosen}
                assert values(release, asked) == list(found.found(names, ""))
                tried += 1
    assert tried > 100


def test_a_step_against_a_propertys_direction_is_written_as_such(release: Release) -> None:
    kind = release.shapes.kind("initiative")
    assert kind
    step = Step(release.iris.of("ontology#activityOf"), inverse=True)
    facet = Facet("activity", kind.label, (step,), None)
    activity = Value(
        "x", ox.NamedNode(release.iris.thing("activity", "expert-panel-meetings-2020"))
    )
    asked = query(release, Wanted(kind, ((facet, (activity,)),)))
    assert "?thing ^s5:activityOf ?value1 ." in asked
    assert len(values(release, asked)) == 1


def test_the_list_is_named_in_the_language_of_the_page(release: Release) -> None:
    kind = release.shapes.kind("municipality")
    assert kind
    prefixes = prefixes_of(release.shapes)
    for language, name in (("ja", "札幌市"), ("en", "Sapporo")):
        asked = query_of_list(release.iris, Wanted(kind), language, prefixes, 1)  # type: ignore[arg-type]
        ((_, code, label),) = solutions(release, asked)
        assert (getattr(code, "value", ""), getattr(label, "value", "")) == ("01100", name)


def test_the_query_of_incoming_links_finds_those_of_a_type_once_with_their_names(
    release: Release,
) -> None:
    iris, prefixes = release.iris, prefixes_of(release.shapes)
    path, about = iris.of("ontology#region"), iris.thing("region", "sorachi")
    kind = release.shapes.kind("initiative")
    found = solutions(release, query_of_incoming(iris, prefixes, path, about, kind, "en"))
    assert len(found) == 3
    assert all(str(name).endswith("@en") for _, name in found)
    anything = solutions(release, query_of_incoming(iris, prefixes, path, about, None, "en"))
    assert {thing for thing, _ in found} < {thing for thing, _ in anything}

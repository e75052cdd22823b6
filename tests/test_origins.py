"""The queries behind pages find exactly what the pages show."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.document import describe
from publish.listing import members
from publish.origins import query_of_list, query_of_thing
from publish.release import Release, prefixes_of


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


def test_the_queries_of_a_list_find_its_pages_in_their_order(release: Release) -> None:
    for kind in release.shapes.kinds:
        whole = members(release.store, release.iris, kind)
        pages = [
            [getattr(row[0], "value", None) for row in solutions(release, query)]
            for offset in range(0, len(whole), 50)
            for query in [query_of_list(release.iris, kind, "ja", 50, offset)]
        ]
        assert [iri for page in pages for iri in page] == list(whole), kind.segment
        assert all(len(page) <= 50 for page in pages)


def test_the_list_is_named_in_the_language_of_the_page(release: Release) -> None:
    kind = release.shapes.kind("municipality")
    assert kind
    for language, name in (("ja", "札幌市"), ("en", "Sapporo")):
        query = query_of_list(release.iris, kind, language, 1, 0)  # type: ignore[arg-type]
        ((_, code, label),) = solutions(release, query)
        assert (getattr(code, "value", ""), getattr(label, "value", "")) == ("01100", name)

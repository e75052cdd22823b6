"""What is answered as the catalogue: all that a harvester needs, and nothing of the rest."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node
from publish.release.release import Release
from tests.support.published import PUBLIC, catalogue


@pytest.fixture(scope="module")
def release(public_release: Release) -> Release:
    return public_release


@pytest.fixture(scope="module")
def said(release: Release) -> set[Triple]:
    return catalogue(release)


def test_neither_void_nor_the_service_description_stands_in_it(said: set[Triple]) -> None:
    other = (ns.VOID, ns.SD, ns.SH)
    assert [t for t in said if t[1].value.startswith(other)] == []
    assert [t for t in said if t[1] == TYPE and t[2].value.startswith(other)] == []


def test_everything_in_it_is_reached_from_the_catalogue(said: set[Triple]) -> None:
    referred = {o for _, p, o in said if p != TYPE} | {node(f"{PUBLIC}catalog")}
    assert {s.value for s, _, _ in said if s not in referred} == set()


def test_publisher_and_place_come_with_what_the_content_says_of_them(said: set[Triple]) -> None:
    publisher = node(f"{PUBLIC}id/organization/publisher")
    assert (publisher, TYPE, node(ns.FOAF + "Agent")) in said
    place = node(f"{PUBLIC}id/prefecture/01")
    matches = {o.value for s, p, o in said if s == place and p.value == ns.SKOS + "exactMatch"}
    assert "https://sws.geonames.org/2130037/" in matches
    assert {o.value for s, p, o in said if s == place and p.value == ns.SKOS + "prefLabel"} == {
        "北海道",
        "Hokkaido",
    }


def test_the_content_itself_does_not_come_with_it(said: set[Triple]) -> None:
    contains = [t for t in said if t[1].value.startswith(ns.GEO)]
    assert contains == []
    assert [s for s, _, _ in said if "/id/municipality/" in s.value] == []


def test_the_graphs_still_partition_the_statements(release: Release) -> None:
    seen: set[tuple[str, str, str]] = set()
    for quad in release.store:
        triple = (str(quad.subject), str(quad.predicate), str(quad.object))
        assert triple not in seen
        seen.add(triple)


def test_sizes_keep_the_datatype_that_dcat_ap_wants(said: set[Triple]) -> None:
    sizes = [o for _, p, o in said if p.value == ns.DCAT + "byteSize"]
    assert sizes
    assert {o.datatype.value for o in sizes if isinstance(o, ox.Literal)} == {
        ns.XSD + "nonNegativeInteger"
    }

"""What is answered as the catalogue: all that a harvester needs, and nothing of the rest.

graph/catalog is put together from what is written and what is computed.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.build import Checked, check
from publish.catalog.graph import about_itself
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node
from publish.release.release import Release
from tests.support.projects import IRIS, settings_for, write_project
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


# -- graph/catalog is put together from what is written and what is computed ----------------------

RELEASE, CONTENT = "0123456789ab", "cd" * 32


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    project = write_project(tmp_path_factory.mktemp("about") / "kasumi")
    return check(settings_for(project))


@pytest.fixture(scope="module")
def said_of_about(checked: Checked) -> list[Triple]:
    return list(about_itself(checked.source(RELEASE, CONTENT, ())))


def test_each_triple_comes_once_and_none_is_of_the_content(
    checked: Checked, said_of_about: list[Triple]
) -> None:
    assert len(said_of_about) == len(set(said_of_about)) > 100
    assert [triple for triple in said_of_about if triple in checked.dataset.found] == []


def test_catalogue_void_service_description_and_formats_are_all_there(
    said_of_about: list[Triple],
) -> None:
    types = {o.value for _, p, o in said_of_about if p == TYPE}
    assert types >= {
        f"{ns.DCAT}Catalog",
        f"{ns.DCAT}DataService",
        f"{ns.VOID}DatasetDescription",
        f"{ns.SD}Service",
    }


def test_the_hash_is_that_of_the_content_and_not_the_one_written(
    said_of_about: list[Triple],
) -> None:
    hashes = [o.value for s, p, o in said_of_about if p.value == f"{ns.SPDX}checksumValue"]
    assert hashes == [CONTENT]


def test_counts_are_made_once_for_each_data_set(checked: Checked) -> None:
    counted = checked.source(RELEASE, CONTENT, ()).counted()
    assert {name: stats.triples for name, stats in counted.items()} == {"all": 97}


def test_the_same_project_says_the_same_in_the_same_order(
    checked: Checked, said_of_about: list[Triple], tmp_path: Path
) -> None:
    again = check(settings_for(write_project(tmp_path / "kasumi")))
    assert set(about_itself(again.source(RELEASE, CONTENT, ()))) == set(said_of_about)
    assert said_of_about[0][0] == node(IRIS.of("catalog#dataset"))

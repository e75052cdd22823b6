"""The DCAT catalogue tells the truth about the files of its release."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish import namespaces as ns
from publish.formats import RDF_FORMATS
from publish.release import Release, current
from tests.projects import BASE, IRIS, build_project

PREFIXES = (
    f"PREFIX dcat: <{ns.DCAT}> PREFIX dcterms: <{ns.DCTERMS}> PREFIX spdx: <{ns.SPDX}>"
    f" PREFIX skos: <{ns.SKOS}> "
)
DUMPS = [f"all.{format_.suffix}{end}" for format_ in RDF_FORMATS for end in ("", ".gz")]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    project = tmp_path_factory.mktemp("catalog") / "kasumi"
    build_project(project)
    return current(project / "releases")


@pytest.fixture(scope="module")
def catalog(release: Release) -> ox.Store:
    store = ox.Store()
    triples = ox.parse(path=release.path / "catalog.nq", format=ox.RdfFormat.N_QUADS)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in triples)
    return store


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIXES + query, base_iri=BASE)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(str(getattr(term, "value", "")) for term in row) for row in found)


def distribution(name: str) -> str:
    return f"<catalog#distribution-{name.replace('.', '-')}>"


def test_no_blank_node_stands_in_the_catalogue(catalog: ox.Store) -> None:
    assert [q for q in catalog if "_:" in (str(q.subject)[:2], str(q.object)[:2])] == []


def test_the_catalogue_lists_data_set_and_service(catalog: ox.Store) -> None:
    assert rows(catalog, "SELECT ?d ?s { <catalog> dcat:dataset ?d ; dcat:service ?s }") == [
        (IRIS.of("catalog#dataset"), IRIS.of("catalog#sparql"))
    ]


def test_each_dump_is_a_distribution(catalog: ox.Store) -> None:
    found = rows(
        catalog, "SELECT ?d { <catalog#dataset> dcat:distribution ?d . ?d a dcat:Distribution }"
    )
    assert {iri for (iri,) in found} == {
        IRIS.of(f"catalog#distribution-{name.replace('.', '-')}") for name in DUMPS
    }


@pytest.mark.parametrize("name", DUMPS)
def test_size_and_checksum_of_a_distribution_are_those_of_its_file(
    release: Release, catalog: ox.Store, name: str
) -> None:
    content = (release.path / "dump" / name).read_bytes()
    assert rows(
        catalog,
        f"""SELECT ?url ?size ?sum {{
            {distribution(name)} dcat:downloadURL ?url ; dcat:byteSize ?size ; spdx:checksum ?c .
            ?c spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?sum
        }}""",
    ) == [
        (
            f"https://data.example.jp/lod/dump/{release.id}/{name}",
            str(len(content)),
            hashlib.sha256(content).hexdigest(),
        )
    ]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("all.ttl", "text/turtle"),
        ("all.jsonld", "application/ld+json"),
        ("all.rdf", "application/rdf+xml"),
        ("all.nt", "application/n-triples"),
        ("all.trig", "application/trig"),
        ("all.nq", "application/n-quads"),
    ],
)
def test_media_types_are_those_of_iana_and_gzip_is_told_apart(
    catalog: ox.Store, name: str, media_type: str
) -> None:
    iana = "https://www.iana.org/assignments/media-types/"
    query = """SELECT ?type ?zip {
        %s dcat:mediaType ?type OPTIONAL { %s dcat:compressFormat ?zip }
    }"""
    plain, zipped = distribution(name), distribution(f"{name}.gz")
    assert rows(catalog, query % (plain, plain)) == [(iana + media_type, "")]
    assert rows(catalog, query % (zipped, zipped)) == [
        (iana + media_type, iana + "application/gzip")
    ]


def test_each_distribution_has_licence_access_page_and_titles(catalog: ox.Store) -> None:
    found = rows(
        catalog,
        """SELECT ?d {
            ?d a dcat:Distribution ;
                dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
                dcat:accessURL <dump> ;
                dcterms:title ?ja , ?en
            FILTER (LANG(?ja) = "ja" && LANG(?en) = "en")
        }""",
    )
    assert len(found) == len(DUMPS)


def test_the_sparql_endpoint_is_a_data_service(catalog: ox.Store) -> None:
    assert rows(
        catalog,
        """SELECT ?url ?data {
            <catalog#sparql> a dcat:DataService ;
                dcat:endpointURL ?url ; dcat:servesDataset ?data
        }""",
    ) == [("https://data.example.jp/lod/sparql", "https://data.example.jp/lod/catalog#dataset")]


def test_what_was_written_by_hand_is_kept(catalog: ox.Store) -> None:
    titles = rows(catalog, "SELECT ?t { <catalog#dataset> dcterms:title ?t }")
    assert titles == [("Plans of Kasumi Prefecture",), ("霞県の計画データ",)]


def test_a_public_base_is_no_preview(catalog: ox.Store) -> None:
    assert rows(catalog, "SELECT ?note { <catalog#dataset> skos:note ?note }") == []


def test_a_loopback_base_is_marked_as_preview(tmp_path: Path) -> None:
    build_project(tmp_path / "kasumi", "http://127.0.0.1:8000/")
    release = current(tmp_path / "kasumi" / "releases")
    notes = [
        quad.object
        for quad in release.store.quads_for_pattern(
            ox.NamedNode("http://127.0.0.1:8000/catalog#dataset"),
            ox.NamedNode(ns.SKOS + "note"),
            None,
        )
    ]
    assert sorted(str(getattr(note, "language", "")) for note in notes) == ["en", "ja"]
    assert release.manifest.preview


def test_nothing_of_ours_that_the_catalogue_names_is_left_undescribed(
    release: Release, catalog: ox.Store
) -> None:
    described = {getattr(quad.subject, "value", "") for quad in release.store}
    named = {
        quad.object.value
        for quad in catalog
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(BASE)
    }
    documents = {IRIS.of(name) for name in ("shapes", "dump", "ontology#")}
    dumps = {iri for iri in named if iri.startswith(IRIS.of("dump/"))}
    assert named - described - dumps == documents


def test_the_catalogue_is_in_no_dump(release: Release) -> None:
    for name in ("all.nq", "all.ttl", "all.jsonld"):
        assert b"http://www.w3.org/ns/dcat#" not in (release.path / "dump" / name).read_bytes()

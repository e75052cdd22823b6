"""VoID figures are those that counting the dump gives."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.catalog.void import void_quads
from publish.rdf import namespaces as ns
from publish.release.release import Release, current
from tests.support.projects import BASE, IRIS, KV, build_project
from tests.support.published import PUBLIC

PREFIXES = f"PREFIX void: <{ns.VOID}> PREFIX rdf: <{ns.RDF}> PREFIX skos: <{ns.SKOS}> PREFIX dcat: <{ns.DCAT}> "


FIGURES = [
    ("triples", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
    ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
    ("distinctObjects", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
    ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
    ("classes", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }"),
    (
        "entities",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER STRSTARTS(STR(?s), STR(<id/>)) }",
    ),
]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    project = tmp_path_factory.mktemp("void") / "kasumi"
    build_project(project)
    return current(project / "releases")


@pytest.fixture(scope="module")
def dump(release: Release) -> ox.Store:
    """Return a store that holds the N-Quads dump and nothing else."""
    store = ox.Store()
    store.load(path=release.path / "dump" / "all.nq", format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="module")
def void(release: Release) -> ox.Store:
    """Return a store that holds what the address /void answers."""
    store = ox.Store()
    store.extend(void_quads(release.store, release.iris))
    return store


def rows(store: ox.Store, query: str, base: str = BASE) -> list[tuple[str, ...]]:
    found = store.query(PREFIXES + query, use_default_graph_as_union=True, base_iri=base)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(str(getattr(term, "value", "")) for term in row) for row in found)


@pytest.mark.parametrize(("figure", "counted"), FIGURES)
def test_totals_are_those_of_the_dump(
    dump: ox.Store, void: ox.Store, figure: str, counted: str
) -> None:
    assert rows(void, f"SELECT ?n {{ <catalog#dataset> void:{figure} ?n }}") == rows(dump, counted)


def test_figures_are_not_all_zero(void: ox.Store) -> None:
    assert rows(void, "SELECT ?n { <catalog#dataset> void:triples ?n }") == [("97",)]


def test_class_partitions_are_those_of_the_dump(dump: ox.Store, void: ox.Store) -> None:
    said = rows(
        void,
        """SELECT ?class ?n {
            <catalog#dataset> void:classPartition ?part .
            ?part void:class ?class ; void:entities ?n
        }""",
    )
    assert said == rows(dump, "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class")


def test_property_partitions_are_those_of_the_dump(dump: ox.Store, void: ox.Store) -> None:
    said = rows(
        void,
        """SELECT ?p ?n ?subjects ?objects {
            <catalog#dataset> void:propertyPartition ?part .
            ?part void:property ?p ; void:triples ?n ;
                void:distinctSubjects ?subjects ; void:distinctObjects ?objects
        }""",
    )
    assert said == rows(
        dump,
        """SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects)
            (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o } GROUP BY ?p""",
    )


def test_graphs_are_subsets_with_their_sizes(dump: ox.Store, void: ox.Store) -> None:
    said = rows(
        void,
        """SELECT ?graph ?n {
            <catalog#dataset> void:subset ?graph . ?graph void:triples ?n
            FILTER STRSTARTS(STR(?graph), STR(<graph/>))
        }""",
    )
    assert said == rows(
        dump, "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
    )


def test_linksets_are_subsets_with_targets_predicate_and_number_of_links(void: ox.Store) -> None:
    assert rows(
        void,
        """SELECT ?linkset ?n ?from ?by ?to {
            <catalog#dataset> void:subset ?linkset .
            ?linkset a void:Linkset ; void:triples ?n ; void:subjectsTarget ?from ;
                void:linkPredicate ?by ; void:objectsTarget ?to
        }""",
    ) == [
        (
            IRIS.thing("linkset", "wikidata"),
            "1",
            IRIS.of("catalog#dataset"),
            f"{ns.SKOS}exactMatch",
            "http://www.wikidata.org/entity/Q2013",
        )
    ]


def test_each_format_of_the_dumps_is_a_feature(void: ox.Store) -> None:
    found = {iri for (iri,) in rows(void, "SELECT ?f { <catalog#dataset> void:feature ?f }")}
    assert found == {
        f"http://www.w3.org/ns/formats/{name}"
        for name in ("Turtle", "JSON-LD", "RDF_XML", "N-Triples", "TriG", "N-Quads")
    }


def test_dcat_is_left_to_the_catalogue(void: ox.Store) -> None:
    assert rows(void, "SELECT ?p { ?s ?p ?o FILTER STRSTARTS(STR(?p), STR(dcat:)) }") == [
        (f"{ns.DCAT}version",)
    ] * len(rows(void, "SELECT ?v { ?s dcat:version ?v }"))
    assert rows(void, "SELECT ?s { ?s a dcat:Distribution }") == []


def test_vocabularies_are_the_namespaces_in_use(void: ox.Store) -> None:
    found = {iri for (iri,) in rows(void, "SELECT ?v { <catalog#dataset> void:vocabulary ?v }")}
    assert {KV, ns.SKOS, ns.DCTERMS, ns.FOAF} <= found
    assert ns.SH not in found


def test_each_dump_is_a_data_dump(release: Release, void: ox.Store) -> None:
    found = {iri for (iri,) in rows(void, "SELECT ?d { <catalog#dataset> void:dataDump ?d }")}
    assert found == {
        f"https://data.example.jp/lod/dump/{release.id}/all.{suffix}{end}"
        for suffix in ("ttl", "jsonld", "rdf", "nt", "trig", "nq")
        for end in ("", ".gz", ".zst")
    }


def test_addresses_are_given(void: ox.Store) -> None:
    assert rows(
        void,
        """SELECT ?space ?endpoint {
            <catalog#dataset> void:uriSpace ?space ; void:sparqlEndpoint ?endpoint
        }""",
    ) == [("https://data.example.jp/lod/id/", "https://data.example.jp/lod/sparql")]


def test_there_is_an_example_of_each_type_of_things(void: ox.Store) -> None:
    found = {
        iri for (iri,) in rows(void, "SELECT ?e { <catalog#dataset> void:exampleResource ?e }")
    }
    assert found == {
        IRIS.thing("plan", "remote-care"),
        IRIS.thing("step", "care-survey-2030"),
        IRIS.thing("town", "992011"),
    }


def test_the_document_is_about_the_data_set(void: ox.Store) -> None:
    assert rows(
        void,
        """SELECT ?topic {
            <void> a void:DatasetDescription ; <http://xmlns.com/foaf/0.1/primaryTopic> ?topic
        }""",
    ) == [("https://data.example.jp/lod/catalog#dataset",)]


@pytest.fixture(scope="module")
def parted(public_release: Release) -> Release:
    """Return a release of this repository's data, which is divided into parts."""
    return public_release


@pytest.mark.parametrize("part", ["initiatives", "links", "ontology", "places"])
def test_figures_of_a_part_are_those_of_its_dump(parted: Release, part: str) -> None:
    dump, void = ox.Store(), ox.Store()
    dump.load(path=parted.path / "dump" / f"{part}.nq", format=ox.RdfFormat.N_QUADS)
    void.extend(void_quads(parted.store, parted.iris))
    for figure, counted in FIGURES:
        said = rows(void, f"SELECT ?n {{ <catalog#dataset-{part}> void:{figure} ?n }}", PUBLIC)
        assert said == rows(dump, counted, PUBLIC), figure


def test_parts_are_subsets_with_examples_of_their_own_things(parted: Release) -> None:
    void = ox.Store()
    void.extend(void_quads(parted.store, parted.iris))
    found = rows(
        void,
        """SELECT ?example {
            <catalog#dataset> void:subset <catalog#dataset-places> .
            <catalog#dataset-places> void:exampleResource ?example
        }""",
        PUBLIC,
    )
    assert [iri.removeprefix(f"{PUBLIC}id/").partition("/")[0] for (iri,) in found] == [
        "geometry", "municipality", "organization", "prefecture", "region", "village", "ward",
    ]  # fmt: skip

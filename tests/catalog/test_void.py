"""VoID figures are those that counting the dump gives.

Counts over quads.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.catalog.void import PropertyCount, Stats, count, linkset_sizes, void_quads
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


@pytest.mark.parametrize("name", ["all", "initiatives", "links", "ontology", "places"])
def test_each_part_is_divided_by_class_and_by_property(public_release: Release, name: str) -> None:
    dump, said = ox.Store(), ox.Store()
    dump.load(path=public_release.path / "dump" / f"{name}.nq", format=ox.RdfFormat.N_QUADS)
    said.extend(void_quads(public_release.store, public_release.iris))
    dataset = "catalog#dataset" if name == "all" else f"catalog#dataset-{name}"
    partitions = {
        f"""SELECT ?x ?n {{ <{dataset}> void:classPartition ?part .
            ?part a void:Dataset ; void:class ?x ; void:entities ?n }}""":
            "SELECT ?x (COUNT(?s) AS ?n) { ?s a ?x } GROUP BY ?x",
        f"""SELECT ?x ?n ?s ?o {{ <{dataset}> void:propertyPartition ?part .
            ?part a void:Dataset ; void:property ?x ; void:triples ?n ;
                void:distinctSubjects ?s ; void:distinctObjects ?o }}""":
            """SELECT ?x (COUNT(*) AS ?n) (COUNT(DISTINCT ?a) AS ?s) (COUNT(DISTINCT ?b) AS ?o)
            { ?a ?x ?b } GROUP BY ?x""",
    }  # fmt: skip
    for stated, counted in partitions.items():
        found = rows(said, stated, PUBLIC)
        assert found and found == rows(dump, counted, PUBLIC)


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


# -- Counts over quads ----------------------------------------------------------------------------

THINGS = "https://data.example.jp/id/"
DATA = """
    PREFIX id: <https://data.example.jp/id/>
    PREFIX kv: <https://data.example.jp/ontology#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

    GRAPH <https://data.example.jp/graph/source> {
        id:a a kv:Plan ; skos:prefLabel "見守り"@ja ; kv:town id:t1 , id:t2 .
        id:b a kv:Plan , skos:Concept ; skos:prefLabel "除雪"@ja ; kv:town id:t1 .
    }
    GRAPH <https://data.example.jp/graph/links> {
        <http://www.wikidata.org/entity/Q1> skos:prefLabel "見守り"@ja .
    }
"""


@pytest.fixture(scope="module")
def stats() -> Stats:
    return count(ox.parse(DATA, format=ox.RdfFormat.TRIG), THINGS)


def test_triples_are_counted_over_all_graphs(stats: Stats) -> None:
    assert stats.triples == 9


def test_each_graph_has_its_count(stats: Stats) -> None:
    assert stats.graphs == {
        "https://data.example.jp/graph/links": 1,
        "https://data.example.jp/graph/source": 8,
    }


def test_entities_are_the_subjects_that_are_things(stats: Stats) -> None:
    assert stats.entities == 2


def test_subjects_and_objects_are_counted_once_each(stats: Stats) -> None:
    assert stats.subjects == 3
    assert stats.objects == 6


def test_classes_have_the_number_of_their_instances(stats: Stats) -> None:
    assert stats.classes == {
        "http://www.w3.org/2004/02/skos/core#Concept": 1,
        "https://data.example.jp/ontology#Plan": 2,
    }


def test_properties_have_triples_subjects_and_objects(stats: Stats) -> None:
    assert stats.properties == {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": PropertyCount(3, 2, 2),
        "http://www.w3.org/2004/02/skos/core#prefLabel": PropertyCount(3, 3, 2),
        "https://data.example.jp/ontology#town": PropertyCount(3, 2, 2),
    }


def test_vocabularies_are_the_namespaces_of_properties_and_classes(stats: Stats) -> None:
    assert stats.vocabularies == (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/2004/02/skos/core#",
        "https://data.example.jp/ontology#",
    )


def test_a_literal_and_an_iri_of_the_same_text_are_two_objects() -> None:
    text = '<urn:s> <urn:p> <urn:x> , "urn:x" , "urn:x"@ja .'
    assert count(ox.parse(text, format=ox.RdfFormat.TURTLE), THINGS).objects == 3


def test_nothing_counts_as_zero() -> None:
    assert count([], THINGS) == Stats(0, 0, 0, 0, {}, {}, {}, ())


LINKS = """
    PREFIX id: <https://data.example.jp/id/>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX void: <http://rdfs.org/ns/void#>
    PREFIX wd: <http://www.wikidata.org/entity/>

    GRAPH <https://data.example.jp/graph/links> {
        id:sure a void:Linkset ; void:linkPredicate skos:exactMatch .
        id:near a void:Linkset ; void:linkPredicate skos:closeMatch .
        id:none a void:Linkset ; void:linkPredicate skos:narrowMatch .
        wd:Q1 void:inDataset id:sure .
        wd:Q2 void:inDataset id:sure .
        wd:Q3 void:inDataset id:near .
        id:t1 skos:exactMatch wd:Q1 .
        id:t2 skos:exactMatch wd:Q2 ; skos:closeMatch wd:Q2 .
        id:t3 skos:closeMatch wd:Q3 .
        id:t4 skos:closeMatch wd:Q3 ; skos:exactMatch wd:Q9 .
    }
"""


def test_a_linkset_has_the_links_by_its_predicate_to_its_targets() -> None:
    store = ox.Store()
    store.load(LINKS.encode(), ox.RdfFormat.TRIG)
    assert linkset_sizes(store) == {
        "https://data.example.jp/id/near": 2,
        "https://data.example.jp/id/none": 0,
        "https://data.example.jp/id/sure": 2,
    }

"""Counts over quads."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.catalog.void import PropertyCount, Stats, count, linkset_sizes

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

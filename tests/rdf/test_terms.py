"""publish.rdf.terms: IRIs and literals, never blank nodes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from publish.rdf.terms import TYPE, as_rdflib, constructed, narrowed, node, triples

PLAN = node("https://data.example.jp/id/plan/remote-care")
NAME = node("http://www.w3.org/2004/02/skos/core#prefLabel")
LABEL = ox.Literal("「遠隔見守り」の推進", language="ja")
SOURCE, EDITORIAL = node("https://data.example.jp/graph/source"), node("urn:x:editorial")


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.add(ox.Quad(PLAN, NAME, LABEL, SOURCE))
    store.add(ox.Quad(PLAN, TYPE, node("urn:x:Plan"), EDITORIAL))
    return store


def test_a_quad_is_narrowed_to_its_triple() -> None:
    assert narrowed(ox.Quad(PLAN, NAME, LABEL, SOURCE)) == (PLAN, NAME, LABEL)
    assert narrowed(ox.Triple(PLAN, NAME, LABEL)) == (PLAN, NAME, LABEL)


@pytest.mark.parametrize(
    "found",
    [ox.Triple(ox.BlankNode("b"), NAME, LABEL), ox.Triple(PLAN, NAME, ox.BlankNode("b"))],
)
def test_a_blank_node_is_refused(found: ox.Triple) -> None:
    with pytest.raises(TypeError, match="not an IRI or a literal"):
        narrowed(found)


def test_triples_are_found_over_all_graphs(store: ox.Store) -> None:
    assert {predicate for _, predicate, _ in triples(store, PLAN)} == {NAME, TYPE}


def test_triples_are_found_in_one_graph(store: ox.Store) -> None:
    assert list(triples(store, None, None, None, SOURCE)) == [(PLAN, NAME, LABEL)]


def test_a_construct_query_sees_the_union_of_all_graphs(store: ox.Store) -> None:
    query = f"CONSTRUCT {{ ?a <urn:x:is> ?name }} WHERE {{ ?a a ?type ; <{NAME.value}> ?name }}"
    assert list(constructed(store, query)) == [(PLAN, node("urn:x:is"), LABEL)]


def test_only_construct_queries_construct(store: ox.Store) -> None:
    with pytest.raises(TypeError, match="not a CONSTRUCT query"):
        list(constructed(store, "ASK {}"))


def test_a_store_becomes_one_rdflib_graph(store: ox.Store) -> None:
    graph = as_rdflib(store)
    assert len(graph) == 2
    assert graph.value(rdflib.URIRef(PLAN.value), rdflib.SKOS.prefLabel) == rdflib.Literal(
        "「遠隔見守り」の推進", lang="ja"
    )


def test_nothing_becomes_an_empty_rdflib_graph() -> None:
    assert len(as_rdflib(iter(list[ox.Triple]()))) == 0

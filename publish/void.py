"""VoID: the statistics of a release, computed from its content (W3C "Describing Linked Datasets").

Partitions have IRIs of their own (`void#class-…`), because nothing we publish is a blank node.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from publish import namespaces as ns
from publish.iris import Iris
from publish.manifest import File
from publish.stats import Stats
from publish.terms import TYPE, Term, Triple, node, triples

_DESCRIBED = ("void#", "id/linkset/", "graph/")


def void_triples(
    iris: Iris,
    stats: Stats,
    linksets: dict[str, int],
    dumps: tuple[File, ...],
    release: str,
    prefixes: dict[str, str],
) -> Iterator[Triple]:
    """Yield the VoID description of the data set `catalog#dataset`."""
    dataset = node(iris.of("catalog#dataset"))
    document = node(iris.of("void"))
    yield document, TYPE, _void("DatasetDescription")
    yield document, node(ns.FOAF + "primaryTopic"), dataset
    yield from _totals(dataset, stats)
    yield dataset, _void("uriSpace"), _text(iris.of("id/"))
    yield dataset, _void("sparqlEndpoint"), node(iris.of("sparql"))
    for vocabulary in stats.vocabularies:
        yield dataset, _void("vocabulary"), node(vocabulary)
    for file in dumps:
        yield dataset, _void("dataDump"), node(iris.dump(release, file.path.removeprefix("dump/")))
    for graph, size in stats.graphs.items():
        yield dataset, _void("subset"), node(graph)
        yield node(graph), _void("triples"), _number(size)
    for linkset, size in linksets.items():
        yield dataset, _void("subset"), node(linkset)
        yield node(linkset), _void("triples"), _number(size)
        yield node(linkset), _void("subjectsTarget"), dataset
    yield from _partitions(iris, dataset, stats, prefixes)


def _totals(dataset: ox.NamedNode, stats: Stats) -> Iterator[Triple]:
    yield dataset, TYPE, _void("Dataset")
    yield dataset, _void("triples"), _number(stats.triples)
    yield dataset, _void("entities"), _number(stats.entities)
    yield dataset, _void("distinctSubjects"), _number(stats.subjects)
    yield dataset, _void("distinctObjects"), _number(stats.objects)
    yield dataset, _void("classes"), _number(len(stats.classes))
    yield dataset, _void("properties"), _number(len(stats.properties))


def _partitions(
    iris: Iris, dataset: ox.NamedNode, stats: Stats, prefixes: dict[str, str]
) -> Iterator[Triple]:
    for class_, size in stats.classes.items():
        part = node(iris.of(f"void#class-{_slug(class_, prefixes)}"))
        yield dataset, _void("classPartition"), part
        yield part, TYPE, _void("Dataset")
        yield part, _void("class"), node(class_)
        yield part, _void("entities"), _number(size)
    for name, use in stats.properties.items():
        part = node(iris.of(f"void#property-{_slug(name, prefixes)}"))
        yield dataset, _void("propertyPartition"), part
        yield part, TYPE, _void("Dataset")
        yield part, _void("property"), node(name)
        yield part, _void("triples"), _number(use.triples)
        yield part, _void("distinctSubjects"), _number(use.subjects)
        yield part, _void("distinctObjects"), _number(use.objects)


def _slug(iri: str, prefixes: dict[str, str]) -> str:
    return (ns.shorten(iri, prefixes) or iri.rpartition("//")[2]).translate(_TO_HYPHEN)


_TO_HYPHEN = str.maketrans(":/#.", "----")


def example_resources(store: ox.Store, iris: Iris, classes: list[str]) -> Iterator[Triple]:
    """Yield the first thing of each class as an example resource."""
    dataset = node(iris.of("catalog#dataset"))
    for class_ in classes:
        found = min((s.value for s, _, _ in triples(store, None, TYPE, node(class_))), default=None)
        if found:
            yield dataset, _void("exampleResource"), node(found)


def void_quads(store: ox.Store, iris: Iris) -> Iterator[ox.Quad]:
    """Yield the part of graph/catalog that is the VoID description: what `{base}void` answers."""
    graph = node(iris.graph("catalog"))
    heads = tuple(iris.of(part) for part in _DESCRIBED)
    exact = {iris.of("void"), iris.of("catalog#dataset")}
    for quad in store.quads_for_pattern(None, None, None, graph):
        subject = getattr(quad.subject, "value", "")
        if subject in exact or subject.startswith(heads):
            yield quad


def _void(name: str) -> ox.NamedNode:
    return node(ns.VOID + name)


def _number(value: int) -> Term:
    return ox.Literal(str(value), datatype=node(ns.XSD + "integer"))


def _text(value: str) -> Term:
    return ox.Literal(value)

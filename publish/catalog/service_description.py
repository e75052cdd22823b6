"""The SPARQL 1.1 Service Description of the endpoint: only what is truly on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from publish.formats import RDF_FORMATS, RESULT_FORMATS, Format
from publish.i18n import LANGUAGES, Text
from publish.iris import Iris
from publish.project.dataset import CATALOG
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node, typed

#: IRIs of the W3C registry "Unique URIs for File Formats", by suffix.
_NAMES = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "nt": "N-Triples",
    "trig": "TriG",
    "nq": "N-Quads",
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}
_FORMATS = "http://www.w3.org/ns/formats/"


def format_iri(format_: Format) -> str:
    """Return the IRI of a format in the registry of the W3C."""
    return _FORMATS + _NAMES[format_.suffix]


def first_query(iris: Iris) -> str:
    """Return a query that works on anybody's data: the types of things, counted."""
    return (
        "SELECT ?type (COUNT(?thing) AS ?things) WHERE {\n"
        "  ?thing a ?type .\n"
        f'  FILTER(STRSTARTS(STR(?thing), "{iris.of("id/")}"))\n'
        "}\nGROUP BY ?type\nORDER BY DESC(?things) ?type\n"
    )


_UNION = Text(
    "カタログと統計のグラフ（graph/catalog）を除く、全ての名前付きグラフを合わせたもの。カタログは GRAPH 又は "
    "FROM で指定すれば照会できる。",
    "The union of all named graphs but that of the catalogue and the statistics (graph/catalog), "
    "which is queried by GRAPH or FROM.",
)


def service_triples(
    iris: Iris, graphs: dict[str, int], declared: Iterable[tuple[str, str]]
) -> Iterator[Triple]:
    """Yield the description of `{base}sparql`: dataset, graphs (IRI -> triples) and formats.

    The default graph unites these, but not graph/catalog, in which this description stands: so
    it is no sd:UnionDefaultGraph. Its size is that of the data set; it is not said here, for
    Comunica takes a graph of which only the number of triples is known for one without properties.
    `declared` are prefixes offered to editors as `sh:declare`, with their namespaces.
    """
    service, dataset = node(iris.of("sparql")), node(iris.of("sparql#dataset"))
    default = node(iris.of("sparql#default-graph"))
    yield service, TYPE, _sd("Service")
    yield service, _sd("endpoint"), service
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    for format_ in (*RESULT_FORMATS, *RDF_FORMATS):
        yield service, _sd("resultFormat"), node(format_iri(format_))
    yield service, _sd("defaultDataset"), dataset
    yield dataset, TYPE, _sd("Dataset")
    yield dataset, _sd("defaultGraph"), default
    yield default, TYPE, _sd("Graph")
    for language in LANGUAGES:
        text = _UNION.in_(language)
        yield default, node(ns.DCTERMS + "description"), ox.Literal(text, language=language)
    # this description is in graph/catalog itself, whose size it cannot tell
    yield node(iris.graph(CATALOG)), TYPE, node(ns.VOID + "Dataset")
    sizes: dict[str, int | None] = {iris.graph(CATALOG): None, **graphs}
    for graph, size in sorted(sizes.items()):
        yield from _named_graph(iris, dataset, graph, size)
    yield from _declarations(iris, service, declared)


def _named_graph(
    iris: Iris, dataset: ox.NamedNode, graph: str, size: int | None
) -> Iterator[Triple]:
    name = iris.graph_name(graph) or graph
    named, content = node(iris.of(f"sparql#named-{name}")), node(iris.of(f"sparql#graph-{name}"))
    yield dataset, _sd("namedGraph"), named
    yield named, TYPE, _sd("NamedGraph")
    yield named, _sd("name"), node(graph)
    yield named, _sd("graph"), content
    yield content, TYPE, _sd("Graph")
    if size is not None:
        yield content, node(ns.VOID + "triples"), typed(size, "integer")


def _declarations(
    iris: Iris, service: ox.NamedNode, declared: Iterable[tuple[str, str]]
) -> Iterator[Triple]:
    for prefix, space in declared:
        declaration = node(iris.of(f"sparql#prefix-{prefix}"))
        yield service, node(ns.SH + "declare"), declaration
        yield declaration, TYPE, node(ns.SH + "PrefixDeclaration")
        yield declaration, node(ns.SH + "prefix"), ox.Literal(prefix)
        yield declaration, node(ns.SH + "namespace"), typed(space, "anyURI")


def _sd(name: str) -> ox.NamedNode:
    return node(ns.SD + name)

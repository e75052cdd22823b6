"""RDF terms as this program handles them: IRIs and literals, never blank nodes.

The engine's types allow for more; these functions narrow them in one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from publish.i18n import Text
from publish.rdf import namespaces as ns

Term = ox.NamedNode | ox.Literal
Triple = tuple[ox.NamedNode, ox.NamedNode, Term]

TYPE = ox.NamedNode(ns.RDF + "type")


def node(iri: str) -> ox.NamedNode:
    """Return an IRI as a term."""
    return ox.NamedNode(iri)


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI to the engine."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def texts(subject: ox.NamedNode, predicate: str, text: Text) -> Iterator[Triple]:
    """Yield a text as two statements, in Japanese and in English."""
    yield subject, node(predicate), ox.Literal(text.ja, language="ja")
    yield subject, node(predicate), ox.Literal(text.en, language="en")


def typed(value: object, datatype: str) -> ox.Literal:
    """Return a value as a literal of a datatype of XML Schema, given by its local name."""
    return ox.Literal(str(value), datatype=node(ns.XSD + datatype))


def narrowed(found: ox.Quad | ox.Triple) -> Triple:
    """Return a triple, or the triple of a quad.

    Raises TypeError for a blank node or a quoted triple, which content never holds.
    """
    subject, predicate, object_ = found.subject, found.predicate, found.object
    if isinstance(subject, ox.NamedNode) and isinstance(object_, ox.NamedNode | ox.Literal):
        return subject, predicate, object_
    raise TypeError(f"not an IRI or a literal: {found}")


def triples(
    store: ox.Store,
    subject: ox.NamedNode | None = None,
    predicate: ox.NamedNode | None = None,
    object_: Term | None = None,
    graph: ox.NamedNode | None = None,
) -> Iterator[Triple]:
    """Yield the triples of a store that match, over all graphs unless one is given."""
    return map(narrowed, store.quads_for_pattern(subject, predicate, object_, graph))


def constructed(store: ox.Store, query: str) -> Iterator[Triple]:
    """Yield what a CONSTRUCT query makes of the union of all graphs."""
    result = store.query(query, use_default_graph_as_union=True)
    if not isinstance(result, ox.QueryTriples):
        raise TypeError("not a CONSTRUCT query")
    return map(narrowed, result)


class PreparedGraph(rdflib.Graph):
    """An rdflib graph that parses each query text once; a SHACL engine asks the same often."""

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[tuple[str, str], Query] = {}

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:
        """Return the result of a query."""
        if isinstance(query_object, str):
            names = options.pop("initNs", None) or {}
            key = (query_object, repr(sorted(names.items())))
            if key not in self._prepared:
                self._prepared[key] = prepareQuery(query_object, initNs=names)
            query_object = self._prepared[key]
        return super().query(query_object, *args, **options)


def as_rdflib(found: Iterator[ox.Quad] | Iterator[ox.Triple] | ox.Store) -> rdflib.Graph:
    """Return triples, or those of all graphs of a store, as one rdflib graph."""
    bare = (ox.Triple(q.subject, q.predicate, q.object) for q in found)
    text = ox.serialize(bare, format=ox.RdfFormat.N_TRIPLES)
    return PreparedGraph().parse(data=text or b"", format="nt")

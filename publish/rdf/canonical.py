"""Quads as sorted canonical N-Quads, their hash, and the same under another base."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from publish.iris import NEUTRAL_BASE
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term, narrowed


def canonical_lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Return quads as sorted N-Quads lines without line ends (canonical: no blank nodes)."""
    return sorted(f"{q.subject} {q.predicate} {q.object} {_graph(q)}." for q in quads)


def _graph(quad: ox.Quad) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else f"{quad.graph_name} "


def content_hash(quads: Iterable[ox.Quad], base: str) -> str:
    """Return the SHA-256 of the sorted N-Quads in which the base is written `base:/`.

    Lines end in LF. The same content has the same hash wherever it is published.
    """
    digest = hashlib.sha256()
    for line in canonical_lines(rebased(quad, base) for quad in quads):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def rebased(quad: ox.Quad, base: str, to: str = NEUTRAL_BASE) -> ox.Quad:
    """Return a quad with one base in place of another, wherever an IRI or address has it."""
    subject, predicate, object_ = narrowed(quad)
    graph = quad.graph_name
    return ox.Quad(
        _rebased_node(subject, base, to),
        _rebased_node(predicate, base, to),
        _rebased_term(object_, base, to),
        _rebased_node(graph, base, to) if isinstance(graph, ox.NamedNode) else graph,
    )


def _rebased_term(term: Term, base: str, to: str) -> Term:
    if isinstance(term, ox.NamedNode):
        return _rebased_node(term, base, to)
    if term.datatype.value == ns.XSD + "anyURI" and term.value.startswith(base):
        return ox.Literal(to + term.value[len(base) :], datatype=term.datatype)
    if term.datatype.value.startswith(base):
        return ox.Literal(term.value, datatype=_rebased_node(term.datatype, base, to))
    return term


def _rebased_node(term: ox.NamedNode, base: str, to: str) -> ox.NamedNode:
    under = term.value.startswith(base)
    return ox.NamedNode(to + term.value[len(base) :]) if under else term

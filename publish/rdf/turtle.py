"""Readable Turtle and TriG: prefixed, grouped by subject, sorted, the same bytes each time.

The engine's own writer groups only what happens to stand together and knows no indentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple, narrowed

#: A local name that needs no escapes (a subset of PN_LOCAL in the Turtle grammar).
_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_-])?")
_INTEGER = ox.NamedNode(ns.XSD + "integer")
_PLAIN_INTEGER = re.compile(r"[+-]?[0-9]+")
_INDENT = "    "

Prefixes = dict[str, str]


def turtle(triples: Iterable[Triple], prefixes: Prefixes) -> str:
    """Return triples as Turtle with those of the prefixes that are used."""
    names = _Names(prefixes)
    body = list(_subjects(sorted(set(triples), key=_order), names))
    return _with_prefixes(body, names)


def trig(quads: Iterable[ox.Quad], prefixes: Prefixes) -> str:
    """Return quads as TriG, a block for each named graph, the default graph first."""
    names = _Names(prefixes)
    by_graph: dict[str, list[Triple]] = {}
    for quad in quads:
        graph = quad.graph_name
        label = names.iri(graph.value) if isinstance(graph, ox.NamedNode) else ""
        by_graph.setdefault(label, []).append(narrowed(quad))
    body: list[str] = []
    for label, triples in sorted(by_graph.items()):
        blocks = list(_subjects(sorted(set(triples), key=_order), names))
        # without the keyword GRAPH, which is optional, older parsers read it, too
        body += [f"{label} {{\n\n" + "\n".join(blocks) + "\n}\n"] if label else blocks
    return _with_prefixes(body, names)


class _Names:
    """Writes terms, by prefix where one fits, and notes which prefixes that were."""

    def __init__(self, prefixes: Prefixes) -> None:
        self.spaces = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self.known: dict[str, str] = {}
        self.used: dict[str, str] = {}

    def iri(self, value: str) -> str:
        if value not in self.known:
            self.known[value] = self._iri(value)
        return self.known[value]

    def _iri(self, value: str) -> str:
        for prefix, space in self.spaces:
            if value.startswith(space) and _LOCAL.fullmatch(value, len(space)):
                self.used[prefix] = space
                return f"{prefix}:{value[len(space) :]}"
        return f"<{value}>"

    def term(self, term: Term) -> str:
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if term.datatype == _INTEGER and _PLAIN_INTEGER.fullmatch(term.value):
            return term.value
        if term.language or term.datatype.value == ns.XSD + "string":
            return str(term)
        quoted = str(ox.Literal(term.value))
        return f"{quoted}^^{self.iri(term.datatype.value)}"


def _order(triple: Triple) -> tuple[str, bool, str, bool, str]:
    """Sort by subject, then types first, then by predicate, then Japanese first."""
    subject, predicate, object_ = triple
    is_japanese = isinstance(object_, ox.Literal) and object_.language == "ja"
    return subject.value, predicate != TYPE, predicate.value, not is_japanese, str(object_)


def _subjects(triples: list[Triple], names: _Names) -> Iterator[str]:
    for subject, group in groupby(triples, key=lambda triple: triple[0]):
        lines = [
            _predicate(predicate, objects, names) for predicate, objects in _by_predicate(group)
        ]
        yield f"{names.iri(subject.value)} " + f" ;\n{_INDENT}".join(lines) + " .\n"


def _by_predicate(triples: Iterable[Triple]) -> Iterator[tuple[ox.NamedNode, list[Term]]]:
    for predicate, group in groupby(triples, key=lambda triple: triple[1]):
        yield predicate, [triple[2] for triple in group]


def _predicate(predicate: ox.NamedNode, objects: list[Term], names: _Names) -> str:
    verb = "a" if predicate == TYPE else names.iri(predicate.value)
    return f"{verb} " + f" ,\n{_INDENT * 2}".join(names.term(term) for term in objects)


def _with_prefixes(body: list[str], names: _Names) -> str:
    lines = ns.declared(names.used)
    return lines + ("\n" if lines else "") + "\n".join(body)

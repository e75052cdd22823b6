"""The things of a type: their order, what a list says about them, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from publish.browse.csvw_tables import sheet_of
from publish.browse.describe import labels_of
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples
from publish.shacl.shapes import Kind

_CODES = (node(ns.SKOS + "notation"), node(ns.DCTERMS + "identifier"))


def members(store: ox.Store, iris: Iris, kind: Kind) -> tuple[str, ...]:
    """Return the IRIs of all things of a type: by notation or code if they have one, else by key."""
    space = iris.of(f"id/{kind.segment}/")
    found = {subject for subject, _, _ in triples(store, None, TYPE, node(kind.class_))}
    own = [subject for subject in found if subject.value.startswith(space)]
    return tuple(subject.value for subject in sorted(own, key=lambda s: order(store, s)))


def order(store: ox.Store, subject: ox.NamedNode) -> tuple[str, str]:
    """Return what a thing is sorted by in lists: its notation or code, then its IRI."""
    codes = [term.value for code in _CODES for _, _, term in triples(store, subject, code)]
    return min(codes, default=""), subject.value


def statements(store: ox.Store, iris: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the types and labels of things: what the data twins of a list say."""
    for subject in map(node, iris):
        yield from store.quads_for_pattern(subject, TYPE, None)
        yield from labels_of(store, (subject,))


def table(store: ox.Store, kind: Kind, iris: Sequence[str]) -> bytes:
    """Return things as CSV: see `publish.browse.csvw_tables`."""
    return sheet_of(store, kind, iris).csv()

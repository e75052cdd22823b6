"""The code lists (SKOS concept schemes) of the content: their entries as trees, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from publish.browse.listing import order
from publish.iris import Iris
from publish.project.dataset import DERIVED
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, narrowed, node, triples

_IN_SCHEME, _BROADER = node(ns.SKOS + "inScheme"), node(ns.SKOS + "broader")
_SCHEME, _NOTATION = node(ns.SKOS + "ConceptScheme"), node(ns.SKOS + "notation")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a code list; `depth` is 0 at the top, and `above` is the entry next above."""

    iri: str
    notation: str | None
    depth: int
    above: str | None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list with its entries in order, each after the one that is above it."""

    iri: str
    entries: tuple[Entry, ...]


def code_lists(store: ox.Store, things: str) -> tuple[CodeList, ...]:
    """Return the code lists by their IRIs; `things` is how the IRIs of our own begin."""
    found = {scheme.value for scheme, _, _ in triples(store, None, TYPE, _SCHEME)}
    return tuple(_read(store, iri) for iri in sorted(found) if iri.startswith(things))


def _read(store: ox.Store, scheme: str) -> CodeList:
    members = {subject for subject, _, _ in triples(store, None, _IN_SCHEME, node(scheme))}
    ordered = [subject.value for subject in sorted(members, key=lambda one: order(store, one))]
    known = set(ordered)
    below: dict[str | None, list[str]] = {}
    for iri in ordered:
        broader = sorted(term.value for _, _, term in triples(store, node(iri), _BROADER))
        above = next((one for one in broader if one in known and one != iri), None)
        below.setdefault(above, []).append(iri)
    return CodeList(scheme, tuple(_tree(store, below)))


def _tree(store: ox.Store, below: Mapping[str | None, Sequence[str]]) -> Iterator[Entry]:
    """Yield entries from the top down; what is above itself by a circle is told at the top."""
    seen: set[str] = set()
    # all entries follow, for those that the top does not lead to
    starts = [*below.get(None, ()), *(iri for one in below.values() for iri in one)]
    for start in starts:
        waiting: list[tuple[str, int, str | None]] = [(start, 0, None)]
        while waiting:
            iri, depth, above = waiting.pop()
            if iri in seen:
                continue
            seen.add(iri)
            notations = sorted(t.value for _, _, t in triples(store, node(iri), _NOTATION))
            yield Entry(iri, next(iter(notations), None), depth, above)
            waiting += [(one, depth + 1, iri) for one in reversed(below.get(iri, ()))]


def quads_of(store: ox.Store, lists: Sequence[CodeList]) -> Iterator[ox.Quad]:
    """Yield everything that is said of code lists and their entries."""
    for one in lists:
        for iri in (one.iri, *(entry.iri for entry in one.entries)):
            yield from store.quads_for_pattern(node(iri), None, None)


def users(store: ox.Store, iris: Iris, entry: str) -> Counter[tuple[str, str]]:
    """Return how many things have an entry as a value, by their type and the property.

    What ties entries to each other and to their list does not count, nor does what is derived.
    """
    derived = node(iris.graph(DERIVED))
    found: set[tuple[str, str, str]] = set()
    for quad in store.quads_for_pattern(None, None, node(entry)):
        subject, predicate, _ = narrowed(quad)
        parts = iris.thing_parts(subject.value)
        if parts and quad.graph_name != derived and not predicate.value.startswith(ns.SKOS):
            found.add((parts[0], predicate.value, subject.value))
    return Counter((segment, path) for segment, path, _ in found)

"""How often classes and properties are used, as the VoID description of a release says."""

from __future__ import annotations

import pyoxigraph as ox

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples

#: Things of a class that have no place in a list are looked through only up to this number.
_MOST_LOOKED_AT = 20_000


class Usage:
    """Looks up counts in a store that holds graph/catalog."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def things(self, class_: str) -> int:
        """Return how many things a class has."""
        return self._count("class", "entities", class_)

    def statements(self, path: str) -> int:
        """Return how many statements a property makes."""
        return self._count("property", "triples", path)

    def some(self, class_: str, most: int) -> tuple[str, ...]:
        """Return the first things of a class by their IRIs; none of a class of very many."""
        if self.things(class_) > _MOST_LOOKED_AT:
            return ()
        found = {subject.value for subject, _, _ in triples(self._store, None, TYPE, node(class_))}
        return tuple(sorted(found)[:most])

    def _count(self, of: str, counted: str, iri: str) -> int:
        parts = triples(self._store, None, node(ns.VOID + of), node(iri))
        numbers = (
            term.value
            for part, _, _ in parts
            for _, _, term in triples(self._store, part, node(ns.VOID + counted))
        )
        return int(next(numbers, 0))

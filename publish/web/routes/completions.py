"""What an editor offers while a query is written: prefixes, graphs, classes and properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from publish.browse.describe import labels_of
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples
from publish.rdf.turtle import Prefixes
from publish.shacl.shapes import Shapes


def completions(
    store: ox.Store,
    iris: Iris,
    shapes: Shapes,
    prefixes: Prefixes,
    graphs: Mapping[str, int],
    *others: ox.Store,
) -> dict[str, Any]:
    """Return prefixes and terms as JSON; `graphs` are names with sizes.

    `others` know the labels of terms that are not the project's own.

    A term has its name, its kind (class, property or graph), the number of its uses, and its
    labels in Japanese and English where the data or the shapes have them.
    """
    names = _names(shapes)
    used = [
        *_used(store, "class", "entities"),
        *_used(store, "property", "triples"),
        *((iris.graph(name), "graph", size) for name, size in graphs.items()),
    ]
    found: list[dict[str, Any]] = [
        {"name": short, "kind": kind, "uses": uses, **_labels(iri, names, store, *others)}
        for iri, kind, uses in used
        if (short := ns.shorten(iri, dict(prefixes)))
    ]
    order = sorted(found, key=lambda term: (term["kind"], -term["uses"], term["name"]))
    return {"prefixes": dict(sorted(prefixes.items())), "terms": order}


def _used(store: ox.Store, kind: str, size: str) -> Iterator[tuple[str, str, int]]:
    """Yield what the VoID partitions of the catalogue count: IRI, kind, uses."""
    for part, _, term in triples(store, None, node(ns.VOID + kind)):
        for _, _, count in triples(store, part, node(ns.VOID + size)):
            yield term.value, kind, int(count.value)


def _labels(iri: str, names: dict[str, dict[str, str]], *stores: ox.Store) -> dict[str, str]:
    for store in stores:
        found = (quad.object for quad in labels_of(store, (node(iri),)))
        terms = [term for term in found if isinstance(term, ox.Literal) and term.language]
        if terms:
            return {str(term.language): term.value for term in terms}
    return names.get(iri, {})


def _names(shapes: Shapes) -> dict[str, dict[str, str]]:
    """Return how the shapes call classes and properties."""
    fields = {field.path: field.name for field in shapes.fields}
    kinds = {kind.class_: kind.label for kind in shapes.kinds}
    return {iri: {"ja": text.ja, "en": text.en} for iri, text in (fields | kinds).items()}

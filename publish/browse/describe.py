"""What a document about a thing says (DESIGN, "What a document says"). No HTTP here.

Every triple with the thing as subject; the thing's own sub-resources, which the shapes mark as
composite; ja and en labels of the objects; incoming links, bounded; and statements about the
document itself, which are not content. What one named graph says of it can be had alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import pyoxigraph as ox

from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.shacl.shapes import Shapes

#: Most incoming links that a document lists; more are announced.
MOST_INCOMING = 100
#: Most incoming links that are counted.
MOST_COUNTED = 10_000
_LABELS = tuple(map(ox.NamedNode, ns.LABELS))


@dataclass(frozen=True, slots=True)
class Document:
    """The quads of a document, in the groups that a page shows; `quads` gives all of them."""

    iri: str
    about: str
    own: tuple[ox.Quad, ...]
    #: sub-resource -> its quads
    parts: dict[str, tuple[ox.Quad, ...]]
    labels: tuple[ox.Quad, ...]
    incoming: tuple[ox.Quad, ...]
    #: there are more than MOST_INCOMING
    more_incoming: bool
    metadata: tuple[ox.Quad, ...]
    #: all incoming links, up to MOST_COUNTED
    referring: tuple[ox.Quad, ...] = ()

    def quads(self) -> set[ox.Quad]:
        """Return everything that the document says."""
        parts = {quad for quads in self.parts.values() for quad in quads}
        return {*self.own, *parts, *self.labels, *self.incoming, *self.metadata}

    def graphs(self) -> dict[str, int]:
        """Return how many statements about the thing and its parts each named graph makes."""
        found = Counter(quad.graph_name for quad in self._stated())
        counts = {str(getattr(graph, "value", "")): count for graph, count in found.items()}
        return {graph: counts[graph] for graph in sorted(counts) if graph}

    def _stated(self) -> Iterator[ox.Quad]:
        yield from self.own
        for quads in self.parts.values():
            yield from quads

    def said_in(self, graph: str, document: str) -> Document:
        """Return what one named graph says of it, as a document of its own with IRI `document`.

        The names of other things are among it only where that graph gives them. The new document
        says that it is part of the whole one, and from which graph it is.
        """
        wanted = ox.NamedNode(graph)

        def kept(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
            return tuple(quad for quad in quads if quad.graph_name == wanted)

        subject = ox.NamedNode(document)
        told = (ox.Quad(subject, quad.predicate, quad.object) for quad in self.metadata)
        whole = ox.Quad(subject, _node("dcterms", "isPartOf"), ox.NamedNode(self.iri))
        return replace(
            self,
            iri=document,
            own=kept(self.own),
            parts={part: kept(quads) for part, quads in self.parts.items()},
            labels=kept(self.labels),
            incoming=kept(self.incoming),
            metadata=(*told, whole, ox.Quad(subject, _node("dcterms", "source"), wanted)),
            referring=kept(self.referring),
        )


def exists(store: ox.Store, iri: str) -> bool:
    """Tell whether anything is said about a thing."""
    return next(store.quads_for_pattern(ox.NamedNode(iri), None, None), None) is not None


def describe(store: ox.Store, shapes: Shapes, about: str, document: str) -> Document:
    """Return the document with IRI `document` about the thing `about`."""
    thing = ox.NamedNode(about)
    own = tuple(store.quads_for_pattern(thing, None, None))
    parts = {
        part.value: tuple(store.quads_for_pattern(part, None, None)) for part in _parts(own, shapes)
    }
    said = [*own, *(quad for quads in parts.values() for quad in quads)]
    referring = tuple(islice(store.quads_for_pattern(None, None, thing), MOST_COUNTED))
    incoming = _some(referring)
    mentioned = {quad.object for quad in said} | {quad.subject for quad in incoming}
    return Document(
        iri=document,
        about=about,
        own=own,
        parts=parts,
        labels=tuple(labels_of(store, mentioned)),
        incoming=tuple(incoming),
        more_incoming=len(referring) > MOST_INCOMING,
        metadata=tuple(_metadata(store, shapes.iris, document, about)),
        referring=referring,
    )


def _some(referring: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return as many incoming links as a document lists: of each property as many as of others."""
    by_property: dict[str, list[ox.Quad]] = {}
    for quad in sorted(referring, key=str):
        by_property.setdefault(quad.predicate.value, []).append(quad)
    ranked = ((rank, quad) for quads in by_property.values() for rank, quad in enumerate(quads))
    first = sorted(ranked, key=lambda pair: (pair[0], str(pair[1])))[:MOST_INCOMING]
    return sorted((quad for _, quad in first), key=str)


def _parts(own: Iterable[ox.Quad], shapes: Shapes) -> list[ox.NamedNode]:
    composite = {field.path for field in shapes.fields if field.composite}
    found = {quad.object for quad in own if quad.predicate.value in composite}
    return sorted((part for part in found if isinstance(part, ox.NamedNode)), key=str)


def labels_of(store: ox.Store, terms: Iterable[object]) -> Iterator[ox.Quad]:
    """Yield the ja and en labels of those of the terms that are IRIs."""
    for term in sorted({t for t in terms if isinstance(t, ox.NamedNode)}, key=str):
        for predicate in _LABELS:
            for quad in store.quads_for_pattern(term, predicate, None):
                if isinstance(quad.object, ox.Literal) and quad.object.language in ("ja", "en"):
                    yield quad


def _metadata(store: ox.Store, iris: Iris, document: str, about: str) -> Iterator[ox.Quad]:
    subject = ox.NamedNode(document)
    dataset = ox.NamedNode(iris.of("catalog#dataset"))
    yield ox.Quad(subject, _node("rdf", "type"), _node("foaf", "Document"))
    yield ox.Quad(subject, _node("foaf", "primaryTopic"), ox.NamedNode(about))
    yield ox.Quad(subject, _node("void", "inDataset"), dataset)
    for quad in store.quads_for_pattern(dataset, _node("dcterms", "license"), None):
        yield ox.Quad(subject, quad.predicate, quad.object)


def _node(prefix: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(ns.PREFIXES[prefix] + name)

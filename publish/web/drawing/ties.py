"""How the classes of a vocabulary hang together: what is worth a line in a diagram of them.

Drawn are subclasses and the vocabulary's own properties, by what they say of domain and range, or
else by the shapes. A property that is only derived is left out where its inverse is drawn. A class
that nothing leads to or from then gets one relation that the shapes give, whatever its vocabulary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from publish.browse.vocabulary import Vocabulary, iris_of
from publish.project.dataset import DERIVED
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.shacl.shapes import Field, Kind, Shapes

_DOMAIN = (ns.SCHEMA + "domainIncludes", ns.RDFS + "domain")
_RANGE = (ns.SCHEMA + "rangeIncludes", ns.RDFS + "range")
_PARENT = (ns.RDFS + "subClassOf",)
_INVERSE = (ns.OWL + "inverseOf",)


@dataclass(frozen=True, slots=True)
class Tie:
    """That a class is a kind of another (without a property), or leads to it by a property."""

    source: str
    target: str
    path: str | None = None


def domain(vocabulary: Vocabulary, shapes: Shapes, path: str) -> tuple[str, ...]:
    """Return the classes that have a property: as it says itself, else by the shapes."""
    stated = iris_of(vocabulary.properties.get(path, ()), *_DOMAIN)
    return stated or tuple(dict.fromkeys(kind.class_ for kind, _ in _fields(shapes, path)))


def range_(vocabulary: Vocabulary, shapes: Shapes, path: str) -> tuple[str, ...]:
    """Return the classes or datatypes of its values: as it says itself, else by the shapes."""
    stated = iris_of(vocabulary.properties.get(path, ()), *_RANGE)
    found = (field.class_ or field.datatype for _, field in _fields(shapes, path))
    return stated or tuple(dict.fromkeys(filter(None, found)))


def _fields(shapes: Shapes, path: str) -> Iterator[tuple[Kind, Field]]:
    for kind in shapes.kinds:
        yield from ((kind, field) for field in kind.fields if field.path == path)


def ties_of(vocabulary: Vocabulary, shapes: Shapes, store: ox.Store) -> tuple[Tie, ...]:
    """Return what is to be drawn, subclasses first; classes elsewhere are those of types of ours."""
    known = {*vocabulary.classes, *(kind.class_ for kind in shapes.kinds)}
    found = [
        Tie(class_, parent)
        for class_, quads in vocabulary.classes.items()
        for parent in iris_of(quads, *_PARENT)
        if parent in vocabulary.classes
    ]
    for path in _drawn(vocabulary, shapes, store):
        ends = product(domain(vocabulary, shapes, path), range_(vocabulary, shapes, path))
        found += [Tie(*pair, path) for pair in ends if known.issuperset(pair)]
    for class_ in vocabulary.classes:
        found += _missing(class_, found, shapes, known & {*vocabulary.classes})
    return tuple(found)


def _drawn(vocabulary: Vocabulary, shapes: Shapes, store: ox.Store) -> list[str]:
    """Return the properties to draw: of two inverse ones, that which is written by hand."""
    inverses = dict[str, set[str]]()
    for path, quads in vocabulary.properties.items():
        for other in iris_of(quads, *_INVERSE):
            inverses.setdefault(path, set()).add(other)
            inverses.setdefault(other, set()).add(path)
    derived = {
        path
        for path in vocabulary.properties
        if inverses.get(path) and _is_derived(store, shapes, path)
    }
    return [
        path
        for path in vocabulary.properties
        if path not in derived or not inverses[path] & vocabulary.properties.keys() - derived
    ]


def _is_derived(store: ox.Store, shapes: Shapes, path: str) -> bool:
    graph = node(shapes.iris.graph(DERIVED))
    graphs = (quad.graph_name for quad in store.quads_for_pattern(None, node(path), None))
    first = next(graphs, None)
    return first == graph and all(one == graph for one in graphs)


def _missing(class_: str, found: Iterable[Tie], shapes: Shapes, known: set[str]) -> Iterator[Tie]:
    """Yield a relation for a class that has none: one that leads to it, from what has most of them."""
    others = (tie for tie in found if tie.source != tie.target)
    degrees = Counter(end for tie in others for end in (tie.source, tie.target))
    if degrees[class_]:
        return
    fields = [(kind, field) for kind in shapes.kinds for field in kind.fields]
    led = [
        Tie(kind.class_, field.class_ or "", field.path)
        for kind, field in fields
        if class_ in (kind.class_, field.class_)
        and kind.class_ != field.class_
        and {kind.class_, field.class_} <= known
    ]
    led.sort(key=lambda tie: (tie.target != class_, -degrees[tie.source]))
    yield from led[:1]


def merged(ties: Iterable[Tie]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the properties by which classes are tied, by pairs of them; none for subclasses."""
    pairs: dict[tuple[str, str], tuple[str, ...]] = {}
    for tie in ties:
        known = pairs.get((tie.source, tie.target), ())
        pairs[tie.source, tie.target] = (*known, tie.path) if tie.path else known
    return pairs

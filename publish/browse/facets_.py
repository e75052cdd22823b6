"""By what the things of a type can be told apart, as the shapes tell.

A property shape whose role is `dash:KeyInfoRole` describes what is of special interest to a reader:
it is shown beside a thing's name in lists, and lists can be narrowed down by its values. Its path may
be a property, a sequence of them (`sh:path ( ... )`), and each step an `sh:inversePath`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import chain

from rdflib import RDF, SH, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.shacl.shapes import Kind, Shapes

_ROLE = URIRef(ns.DASH + "propertyRole")
_KEY_INFO = URIRef(ns.DASH + "KeyInfoRole")
#: Parameters of a list's address that are no facets.
RESERVED = frozenset({"page", "sort", "lang"})


@dataclass(frozen=True, slots=True)
class Step:
    """One property of a path, followed against its direction if it is inverse."""

    predicate: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A path whose values divide the things of a type; `name` stands for it in addresses."""

    name: str
    label: Text
    path: tuple[Step, ...]
    #: only values of this class count, if it is given
    class_: str | None


def facets_of(shapes: Shapes, kind: Kind) -> tuple[Facet, ...]:
    """Return the facets of a type, in the order of its shape; each has a name of its own."""
    graph = shapes.graph
    marked = set(graph.subjects(_ROLE, _KEY_INFO))
    own = marked & set(graph.objects(URIRef(kind.shape), SH.property))
    found: dict[str, Facet] = {}
    for shape in sorted(own, key=lambda one: (shapes.order_of(one), str(one))):
        path = _path(shapes, graph.value(shape, SH.path))
        if path:
            name = _free(_local(path[-1].predicate), found)
            found[name] = Facet(name, shapes.name_of(shape), path, _class_of(shapes, shape))
    return tuple(found.values())


def _path(shapes: Shapes, path: Node | None) -> tuple[Step, ...]:
    """Return the steps of a path; none if it is of a form that no list can be narrowed by."""
    graph = shapes.graph
    if path is None or isinstance(path, URIRef):
        return (Step(str(path)),) if path else ()
    inverse = graph.value(path, SH.inversePath)
    if isinstance(inverse, URIRef):
        return (Step(str(inverse), inverse=True),)
    if graph.value(path, RDF.first) is None:
        return ()
    steps = [_path(shapes, member) for member in Collection(graph, path)]
    return tuple(chain.from_iterable(steps)) if all(steps) else ()


def _class_of(shapes: Shapes, shape: Node) -> str | None:
    nested = shapes.graph.value(shape, SH.qualifiedValueShape)
    of_all = shapes.graph.value(shape, SH["class"])
    found = of_all or (nested and shapes.graph.value(nested, SH["class"]))
    return str(found) if found else None


def _local(iri: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "", iri.replace("#", "/").rpartition("/")[2]) or "value"


def _free(name: str, taken: Container[str]) -> str:
    while name in taken or name in RESERVED:
        name += "_"
    return name

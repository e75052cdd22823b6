"""The data sets of the catalogue: the whole, and its parts that can be had on their own.

`data/catalog.ttl` declares a part as `catalog:dataset-{name}`: a `dcat:Dataset` that
`dcterms:isPartOf catalog:dataset`, with the graphs it holds (`void:subset`) and the classes of the
things it is about (`dcterms:subject`). A statement belongs to the part that takes its graph, else
to the one that takes the type of its subject. Where parts are declared, they partition the whole:
each statement belongs to exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from publish.errors import GraphError, Place, Problem
from publish.i18n import Text
from publish.iris import KEY, Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple
from publish.shacl.shapes import Shapes

WHOLE = "all"
_PREFIX = "catalog#dataset-"
_SOURCE = Place("data/catalog.ttl")


@dataclass(frozen=True, slots=True)
class Part:
    """A data set: its IRI, the name of its files, and what it takes. The whole takes nothing."""

    iri: str
    name: str
    graphs: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Tell whether this is the data set that has all statements."""
        return self.name == WHOLE


def read_parts(catalog: Iterable[Triple], iris: Iris) -> tuple[Part, ...]:
    """Return the data sets that a catalogue declares: the whole first, then the parts by name."""
    taken: dict[str, tuple[set[str], set[str]]] = {}
    for subject, predicate, object_ in catalog:
        if subject.value.startswith(iris.of(_PREFIX)):
            graphs, classes = taken.setdefault(subject.value, (set(), set()))
            if predicate.value == ns.VOID + "subset":
                graphs.add(object_.value)
            elif predicate.value == ns.DCTERMS + "subject":
                classes.add(object_.value)
    parts = (
        Part(iri, iri.removeprefix(iris.of(_PREFIX)), frozenset(graphs), frozenset(classes))
        for iri, (graphs, classes) in sorted(taken.items())
    )
    return Part(iris.of("catalog#dataset"), WHOLE), *parts


def divided(
    quads: Iterable[ox.Quad], parts: tuple[Part, ...], shapes: Shapes
) -> dict[str, list[ox.Quad]]:
    """Return the quads of each data set by its name; the whole has all.

    Raises GraphError for a part whose name cannot be that of files; and, naming graph or type, if
    parts are declared and a statement belongs to none of them, or to several.
    """
    found: dict[str, list[ox.Quad]] = {part.name: [] for part in parts}
    claims: dict[tuple[str, str], tuple[str, ...]] = {}
    for quad in quads:
        found[WHOLE].append(quad)
        place = _place(quad, shapes)
        if place not in claims:
            claims[place] = _claims(place, parts)
        for name in claims[place]:
            found[name].append(quad)
    problems = [
        _misnamed(part) for part in parts[1:] if part.is_whole or not re.fullmatch(KEY, part.name)
    ]
    problems += [
        _unclear(place, names)
        for place, names in sorted(claims.items())
        if len(names) != 1 and len(parts) > 1
    ]
    if problems:
        raise GraphError.of(problems)
    return found


def _place(quad: ox.Quad, shapes: Shapes) -> tuple[str, str]:
    """Return (graph, class by the path of the subject's IRI, or the IRI itself)."""
    graph = getattr(quad.graph_name, "value", "")
    thing = shapes.iris.thing_parts(getattr(quad.subject, "value", ""))
    kind = shapes.kind(thing[0]) if thing else None
    return graph, kind.class_ if kind else ""


def _claims(place: tuple[str, str], parts: tuple[Part, ...]) -> tuple[str, ...]:
    graph, class_ = place
    by_graph = tuple(part.name for part in parts if graph in part.graphs)
    return by_graph or tuple(part.name for part in parts if class_ in part.classes)


def _misnamed(part: Part) -> Problem:
    return Problem(
        Text(
            "データセットの名前「{name}」は、ファイルの名前に使えません。",
            'The name "{name}" of a data set cannot be that of files.',
        ).format(name=part.name),
        Text(
            "catalog:dataset- の後を半角小文字・数字・ハイフンにし、all は避けてください。",
            "After catalog:dataset- write lower-case letters, digits and hyphens, but not all.",
        ),
        _SOURCE,
    )


def _unclear(place: tuple[str, str], names: tuple[str, ...]) -> Problem:
    graph, class_ = place
    return Problem(
        Text(
            "グラフ {graph} にある {class_} の記述が、どのデータセットに属するか一つに決まりません（{names}）。",
            "Statements about {class_} in graph {graph} do not belong to exactly one data set "
            "({names}).",
        ).format(graph=graph, class_=class_ or "?", names=", ".join(names) or "-"),
        Text(
            "catalog:dataset-… のうち一つだけに、void:subset でグラフを、又は dcterms:subject でクラスを書いてください。",
            "Give the graph as void:subset, or the class as dcterms:subject, to exactly one "
            "catalog:dataset-… .",
        ),
        _SOURCE,
    )

"""Counts over the content of a release: one pass over its quads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, narrowed, node, triples

#: Namespaces end at the last of these characters.
_ENDS = "#/"


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """How often a property is used, and with how many different subjects and objects."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What VoID and the pages tell about a data set. Every mapping is sorted by its key."""

    triples: int
    entities: int
    subjects: int
    objects: int
    graphs: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, PropertyCount]
    vocabularies: tuple[str, ...]


def count(quads: Iterable[ox.Quad], things: str) -> Stats:
    """Return the counts; `things` is how the IRIs of entities begin.

    Vocabularies are the namespaces of the properties and classes in use.
    """
    graphs: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    subjects_of, objects_of = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for quad in quads:
        subject, predicate, object_ = narrowed(quad)
        graphs[getattr(quad.graph_name, "value", "")] += 1
        uses[predicate.value] += 1
        subjects_of[predicate.value].add(subject.value)
        objects_of[predicate.value].add(str(object_))
        if predicate == TYPE:
            classes[object_.value] += 1
    subjects = set[str]().union(*subjects_of.values())
    return Stats(
        triples=sum(graphs.values()),
        entities=sum(subject.startswith(things) for subject in subjects),
        subjects=len(subjects),
        objects=len(set[str]().union(*objects_of.values())),
        graphs=dict(sorted(graphs.items())),
        classes=dict(sorted(classes.items())),
        properties={
            name: PropertyCount(uses[name], len(subjects_of[name]), len(objects_of[name]))
            for name in sorted(uses)
        },
        vocabularies=_namespaces([*uses, *classes]),
    )


def _namespaces(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({iri[: max(iri.rfind(end) for end in _ENDS) + 1] for iri in iris}))


def linkset_sizes(store: ox.Store) -> dict[str, int]:
    """Return for each linkset the number of its links.

    A link is a statement by the linkset's predicate whose object is said to be in the linkset.
    """
    members, sizes = node(ns.VOID + "inDataset"), dict[str, int]()
    for linkset, _, predicate in triples(store, None, node(ns.VOID + "linkPredicate")):
        assert isinstance(predicate, ox.NamedNode)
        sizes[linkset.value] = sum(
            sum(1 for _ in store.quads_for_pattern(None, predicate, target))
            for target, _, _ in triples(store, None, members, linkset)
        )
    return dict(sorted(sizes.items()))

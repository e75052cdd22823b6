"""VoID: counts over the content of a release, and its description (W3C "Describing Linked Datasets").

Counts, and partitions by class and property, are said of the whole and of each of its parts.
Partitions have IRIs of their own (`void#class-…`, of a part `void#places-class-…`), because nothing we publish is a blank node.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from publish.catalog.service_description import format_iri
from publish.formats import RDF_FORMATS
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, narrowed, node, triples, typed
from publish.release.dumps import Dump
from publish.release.parts import Part
from publish.shacl.shapes import Shapes

#: Namespaces end at the last of these characters.


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
    return tuple(sorted({ns.split(iri)[0] for iri in iris}))


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


# -- The description ------------------------------------------------------------------------------

_DESCRIBED = ("void#", "catalog#dataset-", "id/linkset/", "graph/")
#: What VoID says of a data set beside its own terms ("Describing Linked Datasets", section 2).
_GENERAL = frozenset(
    (
        *(
            ns.DCTERMS + name
            for name in (
                "title", "description", "identifier", "license", "rights", "publisher", "issued",
                "modified", "subject", "hasPart", "isPartOf",
            )
        ),
        ns.DCAT + "version",
        *(ns.FOAF + name for name in ("homepage", "page", "primaryTopic")),
        ns.PROV + "hadPrimarySource",
        ns.PROV + "wasDerivedFrom",
        ns.SKOS + "note",
    )
)  # fmt: skip


def void_triples(
    iris: Iris,
    parts: Sequence[Part],
    counted: Mapping[str, Stats],
    linksets: Mapping[str, int],
    prefixes: dict[str, str],
) -> Iterator[Triple]:
    """Yield counts of the data sets, graphs and linksets, and how to get at the data."""
    whole, stats = node(parts[0].iri), counted[parts[0].name]
    document = node(iris.of("void"))
    yield document, TYPE, _void("DatasetDescription")
    yield document, node(ns.FOAF + "primaryTopic"), whole
    for part in parts:
        yield from _totals(node(part.iri), counted[part.name])
        yield from _partitions(iris, part, counted[part.name], prefixes)
        if not part.is_whole:
            yield whole, _void("subset"), node(part.iri)
    yield whole, _void("uriSpace"), ox.Literal(iris.of("id/"))
    yield whole, _void("sparqlEndpoint"), node(iris.of("sparql"))
    for format_ in RDF_FORMATS:
        yield whole, _void("feature"), node(format_iri(format_))
    for vocabulary in stats.vocabularies:
        yield whole, _void("vocabulary"), node(vocabulary)
    for subset, size in (*stats.graphs.items(), *linksets.items()):
        yield whole, _void("subset"), node(subset)
        yield node(subset), _void("triples"), typed(size, "integer")
    for linkset in linksets:
        yield node(linkset), _void("subjectsTarget"), whole


def dump_triples(iris: Iris, release: str, dumps: Iterable[Dump]) -> Iterator[Triple]:
    """Yield where each data set can be downloaded as RDF; tables are no RDF."""
    for dump in dumps:
        if dump.kind is None:
            yield node(dump.part.iri), _void("dataDump"), node(iris.dump(release, dump.name))


def _totals(dataset: ox.NamedNode, stats: Stats) -> Iterator[Triple]:
    yield dataset, TYPE, _void("Dataset")
    totals = {
        "triples": stats.triples,
        "entities": stats.entities,
        "distinctSubjects": stats.subjects,
        "distinctObjects": stats.objects,
        "classes": len(stats.classes),
        "properties": len(stats.properties),
    }
    for name, number in totals.items():
        yield dataset, _void(name), typed(number, "integer")


def _partitions(
    iris: Iris, data_set: Part, stats: Stats, prefixes: dict[str, str]
) -> Iterator[Triple]:
    dataset = node(data_set.iri)
    start = "void#" if data_set.is_whole else f"void#{data_set.name}-"
    for class_, size in stats.classes.items():
        part = node(iris.of(f"{start}class-{_slug(class_, prefixes)}"))
        yield dataset, _void("classPartition"), part
        yield part, TYPE, _void("Dataset")
        yield part, _void("class"), node(class_)
        yield part, _void("entities"), typed(size, "integer")
    for name, use in stats.properties.items():
        part = node(iris.of(f"{start}property-{_slug(name, prefixes)}"))
        yield dataset, _void("propertyPartition"), part
        yield part, TYPE, _void("Dataset")
        yield part, _void("property"), node(name)
        yield part, _void("triples"), typed(use.triples, "integer")
        yield part, _void("distinctSubjects"), typed(use.subjects, "integer")
        yield part, _void("distinctObjects"), typed(use.objects, "integer")


def _slug(iri: str, prefixes: dict[str, str]) -> str:
    return (ns.shorten(iri, prefixes) or iri.rpartition("//")[2]).translate(_TO_HYPHEN)


_TO_HYPHEN = str.maketrans(":/#.", "----")


def example_resources(store: ox.Store, parts: Iterable[Part], shapes: Shapes) -> Iterator[Triple]:
    """Yield the first thing of each type as an example: of the whole, and of the part about it."""
    for kind in shapes.kinds:
        found = (subject.value for subject, _, _ in triples(store, None, TYPE, node(kind.class_)))
        first = min(found, default=None)
        for part in parts if first else ():
            if part.is_whole or kind.class_ in part.classes:
                yield node(part.iri), _void("exampleResource"), node(str(first))


def void_quads(store: ox.Store, iris: Iris) -> Iterator[ox.Quad]:
    """Yield the VoID description from a store that holds all graphs: what `{base}void` answers.

    What DCAT says of the data sets is left out; what the content says of linksets and of the data
    they lead to is put in.
    """
    graph = node(iris.graph("catalog"))
    heads = tuple(iris.of(part) for part in _DESCRIBED)
    exact = {iris.of("void"), iris.of("catalog#dataset")}
    for quad in store.quads_for_pattern(None, None, None, graph):
        subject, predicate, object_ = narrowed(quad)
        if not (subject.value in exact or subject.value.startswith(heads)):
            continue
        is_type = predicate == TYPE and object_.value.startswith(ns.VOID)
        if is_type or predicate.value in _GENERAL or predicate.value.startswith(ns.VOID):
            yield quad
    yield from _linksets(store)


def _linksets(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield what the content says of its linksets and of what they lead to."""
    linksets = {subject for subject, _, _ in triples(store, None, TYPE, _void("Linkset"))}
    targets = {
        target
        for linkset in linksets
        for _, _, target in triples(store, linkset, _void("objectsTarget"))
        if isinstance(target, ox.NamedNode)
    }
    content = {
        quad
        for subject in {*linksets, *targets}
        for quad in store.quads_for_pattern(subject, None, None)
    }
    yield from sorted(content, key=str)


def _void(name: str) -> ox.NamedNode:
    return node(ns.VOID + name)

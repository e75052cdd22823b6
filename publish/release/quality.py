"""How complete the content is: for each type, how many of its things have what is expected of them.

What is expected of a type is what its shape speaks of; what a single thing of it has counts, too.
The numbers are counted once, when a release is built, in one pass over its content.

They are told in the W3C's Data Quality Vocabulary, too (https://www.w3.org/TR/vocab-dqv/): what is
looked for is a `dqv:Metric` in a dimension of quality, and each number is a
`dqv:QualityMeasurement`, computed on the things of a class (a partition of VoID). What lacks
something is found by a query.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import pyoxigraph as ox
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, narrowed, node, texts, typed
from publish.shacl.shapes import Kind, Shapes

FILE = "quality.json"

JAPANESE, ENGLISH = "name-ja", "name-en"
KANA, ROMAN = "reading-kana", "reading-roman"
POINT, OUTLINE, SOURCE = "point", "outline", "source"
#: What is looked for, in the order of the tables; a link to other data is `link:` and its IRI.
METRICS = (JAPANESE, ENGLISH, KANA, ROMAN, POINT, OUTLINE, SOURCE)
LINK = "link:"

#: Language tags of names, by what they are looked for as.
TAGS = {JAPANESE: "ja", ENGLISH: "en", KANA: "ja-hrkt", ROMAN: "ja-latn"}
#: Readings stand beside the names.
READINGS = (*ns.LABELS, ns.SKOS + "altLabel")
PATHS = {
    POINT: (ns.WGS + "lat",),
    OUTLINE: (ns.GEO + "hasDefaultGeometry", ns.GEO + "hasGeometry"),
    SOURCE: (ns.DCTERMS + "source",),
}
_BY_PATH = {path: metric for metric, paths in PATHS.items() for path in paths}
_BY_TAG = {tag: metric for metric, tag in TAGS.items()}


class Completeness(msgspec.Struct, frozen=True):
    """A type: how many things it has, how many of them have what, and who states how much of them."""

    segment: str = msgspec.field(name="type")
    class_: str = msgspec.field(name="class")
    things: int
    counts: Mapping[str, int] = msgspec.field(name="with")
    #: statements about its things, by the short names of graphs
    graphs: Mapping[str, int] = msgspec.field(name="statements")

    def missing(self, metric: str) -> int:
        """Return how many things lack something."""
        return self.things - self.counts[metric]

    def percent(self, metric: str) -> int:
        """Return the share of those that have something, rounded down: 100 means all."""
        return self.counts[metric] * 100 // self.things if self.things else 0


class Quality(msgspec.Struct, frozen=True):
    """The completeness of a release."""

    types: tuple[Completeness, ...]

    @property
    def metrics(self) -> tuple[str, ...]:
        """Return what is looked for in any type, in order."""
        used = {metric for type_ in self.types for metric in type_.counts}
        links = sorted(metric for metric in used if metric.startswith(LINK))
        return (*(metric for metric in METRICS if metric in used), *links)


# -- Counting -------------------------------------------------------------------------------------


def measured(quads: Sequence[ox.Quad], shapes: Shapes) -> Quality:
    """Return how complete the content is, given all of its statements."""
    linksets = _linksets(quads)
    kinds = {kind.segment: kind for kind in shapes.kinds}
    found: dict[str, set[str]] = {}
    graphs: dict[str, Counter[str]] = {}
    for quad in quads:
        subject, predicate, object_ = narrowed(quad)
        parts = shapes.iris.thing_parts(subject.value)
        kind = kinds.get(parts[0]) if parts else None
        if kind is None:
            continue
        has = found.setdefault(subject.value, set())
        has |= _has(kind, predicate.value, object_, linksets)
        graph = shapes.iris.graph_name(getattr(quad.graph_name, "value", "")) or ""
        graphs.setdefault(kind.segment, Counter())[graph] += 1
    of: dict[str, list[set[str]]] = {segment: [] for segment in kinds}
    for iri, has in found.items():
        parts = shapes.iris.thing_parts(iri)
        if parts and TYPE.value in has:
            of[parts[0]].append(has)
    targets = {(path, target) for path, target in linksets.values()}
    return Quality(
        tuple(
            _completeness(shapes, kind, of[segment], targets, graphs.get(segment, Counter()))
            for segment, kind in kinds.items()
            if of[segment]
        )
    )


def _has(
    kind: Kind,
    path: str,
    object_: ox.NamedNode | ox.Literal,
    linksets: Mapping[str, tuple[str, str]],
) -> set[str]:
    """Return what a thing has by one of its statements; that it is of its type is noted, too."""
    if path == TYPE.value:
        return {TYPE.value} if object_.value == kind.class_ else set()
    has = {_BY_PATH[path]} if path in _BY_PATH else set()
    if isinstance(object_, ox.Literal) and path in READINGS:
        metric = _BY_TAG.get((object_.language or "").lower())
        if metric and (path in ns.LABELS or metric in (KANA, ROMAN)):
            has.add(metric)
    linked = linksets.get(object_.value)
    return has | {LINK + linked[1]} if linked and linked[0] == path else has


def _linksets(quads: Iterable[ox.Quad]) -> dict[str, tuple[str, str]]:
    """Return for everything that is linked to the property that links, and the data set it is in."""
    stated: dict[str, dict[str, str]] = {}
    members: dict[str, str] = {}
    for quad in quads:
        subject, predicate, object_ = narrowed(quad)
        if predicate.value in _LINKSET:
            stated.setdefault(subject.value, {})[predicate.value] = object_.value
        elif predicate.value == _IN_DATASET:
            members[subject.value] = object_.value
    whole = {iri: said for iri, said in stated.items() if len(said) == len(_LINKSET)}
    return {
        iri: (whole[linkset][_LINKSET[0]], whole[linkset][_LINKSET[1]])
        for iri, linkset in members.items()
        if linkset in whole
    }


_LINKSET = (ns.VOID + "linkPredicate", ns.VOID + "objectsTarget")
_IN_DATASET = ns.VOID + "inDataset"


def _completeness(
    shapes: Shapes,
    kind: Kind,
    things: Sequence[set[str]],
    targets: Iterable[tuple[str, str]],
    graphs: Mapping[str, int],
) -> Completeness:
    counts = Counter(metric for has in things for metric in has if metric != TYPE.value)
    expected = {*counts, *_expected(shapes, kind, targets)}
    return Completeness(
        kind.segment,
        kind.class_,
        len(things),
        {metric: counts[metric] for metric in sorted(expected)},
        dict(sorted(graphs.items())),
    )


def _expected(shapes: Shapes, kind: Kind, targets: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what the shape of a type speaks of."""
    paths = {field.path for field in kind.fields}
    if paths & {*ns.LABELS}:
        yield from (JAPANESE, ENGLISH)
    for metric in (KANA, ROMAN):
        if _speaks_of(shapes.graph, URIRef(kind.shape), TAGS[metric]):
            yield metric
    for metric, wanted in PATHS.items():
        if paths & {*wanted}:
            yield metric
    for path, target in targets:
        if path in paths:
            yield LINK + target


def _speaks_of(graph: Graph, shape: Node, tag: str) -> bool:
    """Tell whether the properties of a shape may be in a language."""
    waiting = list(graph.objects(shape, SH.property))
    seen: set[Node] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        tags = graph.value(one, SH.languageIn)
        if tags is not None and tag in map(str, graph.items(tags)):
            return True
        waiting += graph.objects(one, SH.node)
        waiting += [part for head in graph.objects(one, SH["or"]) for part in graph.items(head)]
    return False


def as_json(quality: Quality) -> str:
    """Return the numbers as JSON."""
    return json.dumps(msgspec.to_builtins(quality), ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Quality:
    """Return the numbers that `as_json` wrote; raises ValueError for anything else."""
    return msgspec.json.decode(text, type=Quality)


# -- Data Quality Vocabulary and queries ----------------------------------------------------------

#: What is looked for, by its name in a table.
WORDS = {
    JAPANESE: Text("日本語の名称", "name in Japanese"),
    ENGLISH: Text("英語の名称", "name in English"),
    KANA: Text("仮名の読み", "reading in kana"),
    ROMAN: Text("ローマ字の読み", "romanised reading"),
    POINT: Text("緯度・経度", "latitude and longitude"),
    OUTLINE: Text("境界", "boundary"),
    SOURCE: Text("出典箇所", "source passage"),
}
_LINK = Text("{name}へのリンク", "link to {name}")
_SHARE = Text("{what}を持つものの割合（0から1まで）", "Share of those with a {what}, from 0 to 1")
#: Dimensions of quality that the W3C lists (https://www.w3.org/2016/05/ldqd).
_LDQD = "http://www.w3.org/2016/05/ldqd#"


def words(metric: str, targets: Mapping[str, Text]) -> Text:
    """Return what is looked for in words; `targets` are the names of data sets that are linked to."""
    iri = metric.removeprefix(LINK)
    return _LINK.format(name=targets.get(iri, Text(iri, iri))) if iri != metric else WORDS[metric]


def slug(metric: str, metrics: tuple[str, ...]) -> str:
    """Return what names a metric in IRIs: links are numbered in their order."""
    if not metric.startswith(LINK):
        return metric
    links = [one for one in metrics if one.startswith(LINK)]
    return f"link-{links.index(metric) + 1}"


def dqv_triples(
    quality: Quality, iris: Iris, targets: Mapping[str, Text], partitions: Mapping[str, str]
) -> Iterator[Triple]:
    """Yield the metrics and what was measured by them; `partitions` are IRIs by class."""
    metrics = quality.metrics
    for metric in metrics:
        subject = node(iris.of(f"quality#metric-{slug(metric, metrics)}"))
        what = words(metric, targets)
        dimension = "interlinking" if metric.startswith(LINK) else "completeness"
        yield subject, TYPE, node(ns.DQV + "Metric")
        yield from texts(subject, ns.SKOS + "prefLabel", what)
        yield from texts(subject, ns.SKOS + "definition", _SHARE.format(what=what))
        yield subject, node(ns.DQV + "expectedDataType"), node(ns.XSD + "decimal")
        yield subject, node(ns.DQV + "inDimension"), node(_LDQD + dimension)
    for one in quality.types:
        for metric, count in one.counts.items():
            name = slug(metric, metrics)
            subject = node(iris.of(f"quality#{one.segment}-{name}"))
            share = f"{count / one.things:.4f}"
            yield subject, TYPE, node(ns.DQV + "QualityMeasurement")
            yield subject, node(ns.DQV + "isMeasurementOf"), node(iris.of(f"quality#metric-{name}"))
            computed = partitions.get(one.class_, iris.of("catalog#dataset"))
            yield subject, node(ns.DQV + "computedOn"), node(computed)
            yield subject, node(ns.DQV + "value"), typed(share, "decimal")


def query_of_missing(
    iris: Iris, kind: Kind, metric: str, prefixes: Mapping[str, str] = ns.PREFIXES
) -> str:
    """Return the query for the things of a type that lack something."""
    space = iris.of(f"id/{kind.segment}/")
    used = {"skos", *(name.partition(":")[0] for name in _short(metric))}
    return (
        f"{ns.declared(prefixes, used)}\nSELECT ?thing ?name WHERE {{\n"
        f"  ?thing a <{kind.class_}> .\n"
        f'  FILTER(STRSTARTS(STR(?thing), "{space}"))\n'
        f"  FILTER NOT EXISTS {{\n{_pattern(metric)}  }}\n"
        '  OPTIONAL { ?thing skos:prefLabel ?name FILTER(LANG(?name) = "ja") }\n'
        "}\nORDER BY ?thing\n"
    )


def _short(metric: str) -> list[str]:
    """Return the properties by which things have something."""
    if metric.startswith(LINK):
        return ["void:inDataset"]
    tagged = READINGS if metric in (KANA, ROMAN) else ns.LABELS
    return [ns.shorten(path, ns.PREFIXES) or path for path in PATHS.get(metric, tagged)]


def _pattern(metric: str) -> str:
    if metric.startswith(LINK):
        return (
            "    ?thing ?predicate ?link .\n    ?link void:inDataset ?linkset .\n"
            "    ?linkset void:linkPredicate ?predicate ;\n"
            f"      void:objectsTarget <{metric.removeprefix(LINK)}> .\n"
        )
    paths = "|".join(_short(metric))
    if metric not in TAGS:
        return f"    ?thing {paths} ?value .\n"
    return f'    ?thing {paths} ?text FILTER(LCASE(LANG(?text)) = "{TAGS[metric]}")\n'

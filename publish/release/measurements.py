"""The completeness of a release in the W3C's Data Quality Vocabulary, and as queries.

https://www.w3.org/TR/vocab-dqv/: what is looked for is a `dqv:Metric` in a dimension of quality, and
each number is a `dqv:QualityMeasurement`, computed on the things of a class (a partition of VoID).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node, texts, typed
from publish.release.quality import (
    ENGLISH,
    JAPANESE,
    KANA,
    LINK,
    NAMES,
    OUTLINE,
    PATHS,
    POINT,
    READINGS,
    ROMAN,
    SOURCE,
    TAGS,
    Quality,
)
from publish.shacl.shapes import Kind

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
    used = sorted({"skos", *(name.partition(":")[0] for name in _short(metric))})
    declared = "".join(f"PREFIX {prefix}: <{prefixes[prefix]}>\n" for prefix in used)
    return (
        f"{declared}\nSELECT ?thing ?name WHERE {{\n"
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
    tagged = READINGS if metric in (KANA, ROMAN) else NAMES
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

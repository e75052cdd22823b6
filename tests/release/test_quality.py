""" """

from __future__ import annotations

from pathlib import Path

import pytest

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node
from publish.release.quality import (
    LINK,
    Completeness,
    Quality,
    as_json,
    dqv_triples,
    measured,
    query_of_missing,
    read,
    slug,
    words,
)
from publish.release.release import Release, current
from tests.support.real import number, rows

#: How a thing has something, written apart from the program.
PATTERNS = {
    "name-ja": '?thing skos:prefLabel|dcterms:title|rdfs:label|foaf:name ?n FILTER(LANG(?n) = "ja")',
    "name-en": '?thing skos:prefLabel|dcterms:title|rdfs:label|foaf:name ?n FILTER(LANG(?n) = "en")',
    "reading-kana": '?thing skos:altLabel ?n FILTER(LANG(?n) = "ja-hrkt")',
    "reading-roman": '?thing skos:altLabel ?n FILTER(LANG(?n) = "ja-latn")',
    "point": "?thing wgs:lat ?n",
    "outline": "?thing geo:hasDefaultGeometry ?n",
    "source": "?thing dcterms:source ?n",
}
HEAD = "".join(
    f"PREFIX {prefix}: <{ns.PREFIXES[prefix]}>\n"
    for prefix in ("skos", "dcterms", "rdfs", "foaf", "wgs", "geo", "void")
)


def having(release: Release, one: Completeness, pattern: str) -> int:
    query = f"""{HEAD}
        SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
            ?thing a <{one.class_}> .
            FILTER(STRSTARTS(STR(?thing), "{release.iris.of("id/")}{one.segment}/"))
            {pattern}
        }}"""
    return number(release.store, query)


def test_numbers_are_those_of_queries(release: Release) -> None:
    quality = release.quality
    assert len(quality.types) > 15
    for one in quality.types:
        assert one.things == having(release, one, ""), one.segment
        for metric, count in one.counts.items():
            target = metric.removeprefix(LINK)
            pattern = PATTERNS.get(metric) or (
                f"?set void:objectsTarget <{target}> ; void:linkPredicate ?p . ?o void:inDataset ?set"
                " . ?thing ?p ?o"
            )
            assert count == having(release, one, pattern), (one.segment, metric)


def test_statements_of_each_graph_are_those_of_queries(release: Release) -> None:
    for one in release.quality.types:
        for name, count in one.graphs.items():
            query = f"""SELECT (COUNT(*) AS ?n) WHERE {{
                GRAPH <{release.iris.graph(name)}> {{ ?s ?p ?o }}
                FILTER(STRSTARTS(STR(?s), "{release.iris.of("id/")}{one.segment}/"))
            }}"""
            assert count == number(release.store, query), (one.segment, name)


def test_what_the_shapes_do_not_speak_of_is_not_expected(release: Release) -> None:
    by_type = {one.segment: one for one in release.quality.types}
    assert "point" not in by_type["initiative"].counts
    assert "source" in by_type["initiative"].counts
    assert by_type["region"].counts["reading-kana"] == by_type["region"].things == 14


def test_what_is_had_counts_though_the_shapes_do_not_speak_of_it(kasumi: Path) -> None:
    towns = {one.segment: one for one in current(kasumi / "releases").quality.types}["town"]
    assert (towns.things, towns.counts["reading-kana"], towns.counts["name-en"]) == (2, 2, 2)
    (link,) = (metric for metric in towns.counts if metric.startswith(LINK))
    assert (towns.counts[link], towns.missing(link), towns.percent(link)) == (1, 1, 50)


def test_a_share_is_never_rounded_up_to_all() -> None:
    one = Completeness("a", "urn:A", 1000, {"point": 999, "source": 1000}, {})
    assert (one.percent("point"), one.percent("source")) == (99, 100)


def test_numbers_are_read_as_they_were_written(release: Release) -> None:
    assert read(as_json(release.quality)) == release.quality


def test_nothing_has_no_numbers(release: Release) -> None:
    assert measured([], release.shapes) == Quality(())


def test_the_query_for_what_is_missing_finds_as_many(release: Release) -> None:
    for one in release.quality.types:
        kind = release.shapes.kind(one.segment)
        assert kind
        for metric in one.counts:
            found = rows(release.store, query_of_missing(release.iris, kind, metric))
            assert len({thing for thing, _ in found}) == one.missing(metric), (one.segment, metric)


def test_measurements_are_in_the_words_of_the_w3c(release: Release) -> None:
    found = list(dqv_triples(release.quality, release.iris, {}, {}))
    assert {p.value for _, p, _ in found if p.value.startswith(ns.DQV)} == {
        ns.DQV + name
        for name in ("expectedDataType", "inDimension", "isMeasurementOf", "computedOn", "value")
    }
    measurements = {
        s for s, p, o in found if p == TYPE and o == node(ns.DQV + "QualityMeasurement")
    }
    assert len(measurements) == sum(len(one.counts) for one in release.quality.types)
    dangling = [
        o
        for _, p, o in found
        if p == node(ns.DQV + "isMeasurementOf") and (o, TYPE, node(ns.DQV + "Metric")) not in found
    ]
    assert dangling == []
    values = [o.value for _, p, o in found if p == node(ns.DQV + "value")]
    assert all(0 <= float(value) <= 1 for value in values)


def test_every_metric_has_words_and_an_iri_of_its_own(release: Release) -> None:
    metrics = release.quality.metrics
    assert len({slug(metric, metrics) for metric in metrics}) == len(metrics) > 7
    assert all(words(metric, {}).ja and words(metric, {}).en for metric in metrics)


@pytest.mark.parametrize("metric", ["link:http://www.wikidata.org/"])
def test_a_link_is_named_by_its_target(metric: str) -> None:
    assert words(metric, {}).en == "link to http://www.wikidata.org/"

from __future__ import annotations

import pytest

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node
from publish.release.quality import dqv_triples, query_of_missing, slug, words
from publish.release.release import Release
from tests.support.real import rows


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

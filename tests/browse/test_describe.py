"""What a document about a thing says."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.browse.describe import Document, describe, exists, labels_of
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.release.release import Release, current
from tests.support.projects import IRIS, KV, build_project

PLAN = IRIS.thing("plan", "remote-care")
STEP = IRIS.thing("step", "care-survey-2030")
TOWN = IRIS.thing("town", "992020")
LABEL = node(ns.SKOS + "prefLabel")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    project = tmp_path_factory.mktemp("document") / "kasumi"
    build_project(project)
    return current(project / "releases")


@pytest.fixture(scope="module")
def plan(release: Release) -> Document:
    return describe(release.store, release.shapes, PLAN, IRIS.document("plan", "remote-care"))


def said(quads: object) -> set[tuple[str, str]]:
    """Return predicate (local name) and object of quads."""
    assert isinstance(quads, tuple)
    return {
        (quad.predicate.value.replace("#", "/").rpartition("/")[2], quad.object.value)
        for quad in quads
    }


def test_it_says_everything_of_which_the_thing_is_the_subject(plan: Document) -> None:
    assert said(plan.own) == {
        ("type", KV + "Plan"),
        ("prefLabel", "「遠隔見守り」の推進"),
        ("prefLabel", "Promotion of “remote care”"),
        ("description", "離れて暮らす家族を見守る。"),
        ("description", "Watches over relatives who live far away."),
        ("subject", IRIS.thing("topic", "care")),
        ("town", IRIS.thing("town", "992011")),
        ("town", TOWN),
        ("hasStep", STEP),
    }


def test_it_keeps_the_graph_of_each_statement(plan: Document) -> None:
    graphs = {
        quad.object.value: IRIS.graph_name(str(getattr(quad.graph_name, "value", "")))
        for quad in plan.own
        if isinstance(quad.object, ox.Literal) and quad.predicate == LABEL
    }
    assert graphs == {
        "「遠隔見守り」の推進": "source",
        "Promotion of “remote care”": "editorial",
    }


def test_composite_parts_are_described_inside_it(plan: Document) -> None:
    assert list(plan.parts) == [STEP]
    assert ("times", "3") in said(plan.parts[STEP])


def test_other_things_are_only_named(plan: Document) -> None:
    named = {quad.subject.value for quad in plan.labels if isinstance(quad.subject, ox.NamedNode)}
    assert {TOWN, IRIS.thing("town", "992011"), IRIS.thing("topic", "care")} <= named
    assert {str(quad.object) for quad in plan.labels if quad.subject == node(TOWN)} == {
        '"浜町"@ja',
        '"Hama"@en',
    }


def test_readings_are_not_among_the_labels_of_others(plan: Document) -> None:
    languages = {
        quad.object.language for quad in plan.labels if isinstance(quad.object, ox.Literal)
    }
    assert languages == {"ja", "en"}


def test_incoming_links_are_listed(release: Release) -> None:
    town = describe(release.store, release.shapes, TOWN, IRIS.document("town", "992020"))
    pointing = {
        quad.subject.value for quad in town.incoming if isinstance(quad.subject, ox.NamedNode)
    }
    assert pointing == {PLAN, IRIS.thing("plan", "snow-robots")}
    assert not town.more_incoming


def test_incoming_links_are_bounded_and_the_rest_is_announced(release: Release) -> None:
    store = ox.Store()
    graph = node(IRIS.graph("source"))
    store.extend(
        ox.Quad(node(IRIS.thing("plan", f"plan-{number}")), node(KV + "town"), node(TOWN), graph)
        for number in range(101)
    )
    town = describe(store, release.shapes, TOWN, IRIS.document("town", "992020"))
    assert len(town.incoming) == 100
    assert town.more_incoming


def test_exactly_a_hundred_incoming_links_are_all_listed(release: Release) -> None:
    store = ox.Store()
    graph = node(IRIS.graph("source"))
    store.extend(
        ox.Quad(node(IRIS.thing("plan", f"plan-{number}")), node(KV + "town"), node(TOWN), graph)
        for number in range(100)
    )
    town = describe(store, release.shapes, TOWN, IRIS.document("town", "992020"))
    assert (len(town.incoming), town.more_incoming) == (100, False)


def test_statements_about_the_document_itself_are_in_no_graph(plan: Document) -> None:
    assert said(plan.metadata) == {
        ("type", ns.FOAF + "Document"),
        ("primaryTopic", PLAN),
        ("inDataset", IRIS.of("catalog#dataset")),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
    }
    assert {quad.graph_name for quad in plan.metadata} == {ox.DefaultGraph()}
    assert {quad.subject for quad in plan.metadata} == {
        node("https://data.example.jp/lod/doc/plan/remote-care")
    }


def test_its_quads_are_all_of_these(plan: Document) -> None:
    together = {*plan.own, *plan.parts[STEP], *plan.labels, *plan.incoming, *plan.metadata}
    assert plan.quads() == together


def test_a_thing_exists_if_anything_is_said_about_it(release: Release) -> None:
    assert exists(release.store, PLAN)
    assert not exists(release.store, IRIS.thing("plan", "old-care"))


def test_names_in_other_languages_and_of_literals_are_passed_over() -> None:
    store = ox.Store()
    store.add(ox.Quad(node(TOWN), LABEL, ox.Literal("ハママチ", language="ja-hrkt")))
    assert list(labels_of(store, [node(TOWN), ox.Literal("浜町"), ox.BlankNode("b")])) == []


def quads_of(number: int, property_: str = "town") -> list[ox.Quad]:
    """Return quads by which so many plans refer to the town."""
    graph, predicate = node(IRIS.graph("source")), node(KV + property_)
    plans = (node(IRIS.thing("plan", f"plan-{one}")) for one in range(number))
    return [ox.Quad(plan, predicate, node(TOWN), graph) for plan in plans]


def test_all_incoming_links_are_known_beyond_those_listed(release: Release) -> None:
    store = ox.Store()
    store.extend(quads_of(150))
    town = describe(store, release.shapes, TOWN, IRIS.document("town", "992020"))
    assert (len(town.referring), len(town.incoming)) == (150, 100)
    assert set(town.incoming) < set(town.referring)


def test_of_incoming_links_no_property_crowds_out_another(release: Release) -> None:
    store = ox.Store()
    store.extend([*quads_of(150, "aTown"), *quads_of(3, "zTown")])
    town = describe(store, release.shapes, TOWN, IRIS.document("town", "992020"))
    properties = [quad.predicate.value for quad in town.incoming]
    assert (properties.count(KV + "aTown"), properties.count(KV + "zTown")) == (97, 3)


def test_the_statements_of_each_graph_are_counted(plan: Document) -> None:
    counts = plan.graphs()
    assert sum(counts.values()) == len(plan.own) + len(plan.parts[STEP])
    assert {IRIS.graph_name(graph) for graph in counts} >= {"source", "editorial"}


def test_what_one_graph_says_is_a_document_of_its_own(plan: Document) -> None:
    graph, address = IRIS.graph("editorial"), f"{plan.iri}?graph=editorial"
    part = plan.said_in(graph, address)
    assert part.own and set(part.own) < set(plan.own)
    content = part.quads() - set(part.metadata)
    assert content and {quad.graph_name for quad in content} == {node(graph)}
    assert ("isPartOf", plan.iri) in said(part.metadata)
    assert ("source", graph) in said(part.metadata)
    assert {quad.subject for quad in part.metadata} == {node(address)}

"""The data sets of a catalogue: what each takes, and that together they divide the whole."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from publish.build import build, check
from publish.errors import GraphError
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple, node
from publish.release.parts import WHOLE, Part, divided, read_parts
from publish.release.release import current
from publish.release.verify.findings import Limits
from publish.release.verify.verify import verify
from publish.settings import Settings
from publish.shacl.shapes import Shapes
from tests.support.projects import IRIS, KV, append, settings_for, write_project

DATASET = IRIS.of("catalog#dataset")
#: Two data sets that divide the small project.
TWO_PARTS = """
PREFIX kv: <ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

catalog:dataset-plans a dcat:Dataset ;
    dcterms:isPartOf catalog:dataset ;
    dcterms:title "計画"@ja , "Plans"@en ;
    dcterms:subject kv:Plan , kv:Step .

catalog:dataset-rest a dcat:Dataset ;
    dcterms:isPartOf catalog:dataset ;
    dcterms:title "その他"@ja , "The rest"@en ;
    void:subset graph:links , graph:ontology , graph:reference .
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(write_project(tmp_path / "kasumi"))


def declare(settings: Settings, parts: str) -> None:
    append(settings.project / "data" / "catalog.ttl", parts)


def statement(name: str, property_: str, value: str) -> Triple:
    return node(f"{DATASET}-{name}"), node(property_), node(value)


def test_the_whole_comes_first_then_the_parts_by_name() -> None:
    found = read_parts(
        [
            statement("towns", ns.DCTERMS + "subject", KV + "Town"),
            statement("links", ns.VOID + "subset", IRIS.graph("links")),
            statement("links", ns.DCTERMS + "subject", ns.VOID + "Linkset"),
            (node(DATASET), node(ns.DCTERMS + "subject"), node(KV + "Plan")),
        ],
        IRIS,
    )
    links = frozenset({IRIS.graph("links")}), frozenset({ns.VOID + "Linkset"})
    assert found == (
        Part(DATASET, WHOLE),
        Part(f"{DATASET}-links", "links", *links),
        Part(f"{DATASET}-towns", "towns", frozenset(), frozenset({KV + "Town"})),
    )
    assert [part.is_whole for part in found] == [True, False, False]


def test_without_parts_the_whole_has_everything(settings: Settings) -> None:
    checked = check(settings)
    assert checked.parts == (Part(DATASET, WHOLE),)
    assert checked.content.keys() == {WHOLE}
    assert len(checked.content[WHOLE]) == sum(checked.dataset.counts().values())


def test_each_statement_is_in_the_part_of_its_graph_else_of_its_things_type(
    settings: Settings,
) -> None:
    declare(settings, TWO_PARTS)
    content = check(settings).content
    plans, rest = (set(content[name]) for name in ("plans", "rest"))
    assert plans | rest == set(content[WHOLE])
    assert not plans & rest
    subjects = {quad.subject.value for quad in plans if isinstance(quad.subject, ox.NamedNode)}
    assert {iri.removeprefix(IRIS.of("id/")).split("/")[0] for iri in subjects} == {"plan", "step"}
    graphs = {str(quad.graph_name) for quad in plans}
    assert not graphs & {f"<{IRIS.graph(name)}>" for name in ("links", "ontology", "reference")}


def test_a_release_with_parts_has_dumps_of_each_and_verifies(settings: Settings) -> None:
    declare(settings, TWO_PARTS)
    build(settings)
    release = current(settings.releases)
    names = {path.name for path in (release.path / "dump").glob("*.ttl")}
    assert names == {"all.ttl", "plans.ttl", "rest.ttl"}
    checks = list(verify(release.path, Limits()))
    assert [check for check in checks if check.fine is False] == []


def test_a_statement_of_no_part_stops_the_build_in_both_languages(settings: Settings) -> None:
    declare(settings, TWO_PARTS.replace("kv:Plan , kv:Step", "kv:Plan"))
    with pytest.raises(GraphError) as caught:
        build(settings)
    ja, en = caught.value.said("ja"), caught.value.said("en")
    assert ja.startswith(f"data/catalog.ttl: グラフ {IRIS.graph('editorial')} にある {KV}Step の")
    assert f"Statements about {KV}Step in graph {IRIS.graph('editorial')} do not belong" in en
    assert "dcterms:subject" in ja and "dcterms:subject" in en
    assert len(caught.value.problems) == 2  # one for each graph that speaks of steps
    assert list(settings.releases.glob("*")) == []


def test_a_statement_of_two_parts_stops_the_build(settings: Settings) -> None:
    declare(settings, TWO_PARTS.replace("graph:links ,", "graph:links , graph:editorial ,"))
    declare(settings, "\ncatalog:dataset-plans void:subset graph:editorial .\n")
    with pytest.raises(GraphError) as caught:
        build(settings)
    assert "(plans, rest)" in caught.value.said("en")


@pytest.mark.parametrize("name", ["all", "Two", "a.b", "a/../b", "x-"])
def test_a_part_whose_name_cannot_be_that_of_a_file_is_refused(name: str) -> None:
    parts = (Part(DATASET, WHOLE), Part(f"{DATASET}-{name}", name))
    with pytest.raises(GraphError) as caught:
        divided([], parts, Shapes(IRIS, rdflib.Graph()))
    assert f"「{name}」" in caught.value.said("ja")
    assert f'"{name}"' in caught.value.said("en")

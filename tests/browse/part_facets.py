"""publish.browse.facets: which properties the shapes mark as facets, and the paths that lead to values."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.browse.facets import Facet, Step, facets_of
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.shacl.shapes import read_shapes
from tests.support.projects import IRIS, KV, append, write_project

SHAPES = IRIS.of("shapes#")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def facets(project: Path, segment: str) -> tuple[Facet, ...]:
    shapes = read_shapes(project, IRIS)
    kind = shapes.kind(segment)
    assert kind
    return facets_of(shapes, kind)


def with_path(project: Path, path: str, more: str = "") -> list[Facet]:
    """Return the facets of steps, of which one property shape with this path is marked."""
    append(
        project / "shapes" / "plan.ttl",
        f"""
shape:Step sh:property shape:Step-more .
shape:Step-more sh:path {path} ; sh:order 9 ; sh:name "他"@ja , "more"@en ;
    {more} dash:propertyRole dash:KeyInfoRole .
""",
    )
    return list(facets(project, "step"))


def test_properties_of_special_interest_are_facets_in_the_order_of_the_shape(
    project: Path,
) -> None:
    assert facets(project, "plan") == (
        Facet("town", Text("実施する市町", "towns"), (Step(KV + "town"),), KV + "Town"),
        Facet("subject", Text("分野", "topics"), (Step(ns.DCTERMS + "subject"),), ns.SKOS + "Concept"),
    )  # fmt: skip


def test_a_type_of_which_nothing_is_marked_has_no_facets(project: Path) -> None:
    assert facets(project, "town") == ()


def test_a_facet_may_lie_several_steps_away(project: Path) -> None:
    (found,) = with_path(project, "( kv:stepOf kv:town )")
    assert found.path == (Step(KV + "stepOf"), Step(KV + "town"))
    assert (found.name, found.label, found.class_) == ("town", Text("他", "more"), None)


def test_a_step_may_go_against_the_direction_of_a_property(project: Path) -> None:
    (found,) = with_path(project, "( [ sh:inversePath kv:hasStep ] dcterms:subject )")
    assert found.path == (Step(KV + "hasStep", inverse=True), Step(ns.DCTERMS + "subject"))


def test_paths_that_no_list_can_be_narrowed_by_are_no_facets(project: Path) -> None:
    assert with_path(project, "[ sh:alternativePath ( kv:stepOf kv:times ) ]") == []
    assert with_path(project, "( kv:stepOf [ sh:zeroOrMorePath kv:hasStep ] )") == []


def test_a_qualified_shape_tells_which_values_count(project: Path) -> None:
    (found,) = with_path(
        project,
        "kv:stepOf",
        "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape shape:IsPlan . "
        "shape:IsPlan sh:class kv:Plan . shape:Step-more ",
    )
    assert found.class_ == KV + "Plan"


@pytest.mark.parametrize("name", ["page", "sort", "lang"])
def test_a_facet_does_not_take_the_name_of_another_parameter(project: Path, name: str) -> None:
    assert [found.name for found in with_path(project, f"kv:{name}")] == [f"{name}_"]


def test_two_facets_do_not_share_a_name(project: Path) -> None:
    append(
        project / "shapes" / "plan.ttl",
        """
shape:Step sh:property shape:Step-a , shape:Step-b .
shape:Step-a sh:path kv:town ; sh:order 1 ; dash:propertyRole dash:KeyInfoRole .
shape:Step-b sh:path ( kv:stepOf kv:town ) ; sh:order 2 ; dash:propertyRole dash:KeyInfoRole .
""",
    )
    assert [found.name for found in facets(project, "step")] == ["town", "town_"]


def test_the_initiatives_are_told_apart_by_what_readers_ask_for(release: Release) -> None:
    names = {
        kind.segment: [facet.name for facet in facets_of(release.shapes, kind)]
        for kind in release.shapes.kinds
    }
    assert names["initiative"] == [
        "stage", "pillar", "region", "fiscalYear", "beneficiary", "subject",
    ]  # fmt: skip
    assert names["activity"][0] == "stage"
    assert names["municipality"] == ["municipalityType", "sfWithin"]

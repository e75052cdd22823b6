from __future__ import annotations

from pathlib import Path

import pytest

from publish.browse.vocabulary import read_vocabulary
from publish.project.dataset import read_dataset
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.shacl.rules import derive
from publish.shacl.shapes import read_shapes
from publish.web.drawing.diagram import Tie, domain, merged, range_, ties_of
from tests.support.projects import IRIS, KV, append, write_project


def ties(project: Path, more: str = "") -> set[tuple[str, str, str | None]]:
    """The relations of the small project's classes, by short names."""
    append(write_project(project) / "ontology" / "kasumi.ttl", more)
    dataset, shapes = read_dataset(project, IRIS), read_shapes(project, IRIS)
    derive(dataset, shapes)
    store = dataset.store()
    found = ties_of(read_vocabulary(store, IRIS), shapes, store)
    return {(short(t.source), short(t.target), t.path and short(t.path)) for t in found}


def short(iri: str) -> str:
    return iri.removeprefix(KV)


def test_properties_without_domains_are_drawn_as_the_shapes_have_them(tmp_path: Path) -> None:
    assert ties(tmp_path / "p") == {
        ("Town", "Place", None),
        ("Plan", "Town", "town"),
        ("Step", "Plan", "stepOf"),
    }


def test_of_two_inverse_properties_the_derived_one_is_left_out(tmp_path: Path) -> None:
    assert not [path for _, _, path in ties(tmp_path / "p") if path == "hasStep"]


def test_a_stated_domain_counts_more_than_the_shapes(tmp_path: Path) -> None:
    stated = """
kv:times a owl:ObjectProperty ;
    <http://schema.org/domainIncludes> kv:Place ; <http://schema.org/rangeIncludes> kv:Plan ."""
    found = ties(tmp_path / "p", stated)
    assert ("Place", "Plan", "times") in found
    assert ("Step", "Plan", "times") not in found


def test_a_class_without_relations_gets_one_from_the_shapes(release: Release) -> None:
    vocabulary = read_vocabulary(release.store, release.iris)
    found = ties_of(vocabulary, release.shapes, release.store)
    own = release.iris.of("ontology#")
    tied = {end for tie in found if tie.source != tie.target for end in (tie.source, tie.target)}
    assert vocabulary.classes.keys() - tied == set()
    assert Tie(f"{own}Initiative", f"{own}PriorityProject", ns.DCTERMS + "isPartOf") in found
    assert Tie(f"{own}Region", f"{own}AdministrativeUnit") in found


@pytest.mark.parametrize(("local", "classes"), [("region", {"Initiative", "Activity"})])
def test_domain_and_range_are_those_of_the_ontology(
    release: Release, local: str, classes: set[str]
) -> None:
    vocabulary = read_vocabulary(release.store, release.iris)
    own = release.iris.of("ontology#")
    assert {*domain(vocabulary, release.shapes, own + local)} == {own + name for name in classes}
    assert range_(vocabulary, release.shapes, own + local) == (f"{own}Region",)


def test_relations_of_the_same_classes_are_merged() -> None:
    found = merged([Tie("a", "b", "p"), Tie("a", "b", "q"), Tie("c", "b"), Tie("a", "c", "p")])
    assert found == {("a", "b"): ("p", "q"), ("c", "b"): (), ("a", "c"): ("p",)}

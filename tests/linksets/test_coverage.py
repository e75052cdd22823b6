from __future__ import annotations

from pathlib import Path

from publish.build import build
from publish.linksets.coverage import FILE, as_json, measured, read
from publish.linksets.validate import of_quads
from publish.rdf import namespaces as ns
from publish.release.quality import LINK
from publish.release.release import Release, current
from tests.support.linked import PLACES, linked_project
from tests.support.projects import IRIS, append, settings_for
from tests.support.real import number

VOID = f"PREFIX void: <{ns.VOID}>\n"


def test_numbers_are_those_of_queries(release: Release) -> None:
    linkage = release.linkage
    assert linkage and linkage.goals
    for goal in linkage.goals:
        for one in goal.sets:
            query = f"""{VOID} SELECT (COUNT(*) AS ?n) WHERE {{
                <{one.iri}> void:linkPredicate ?p . ?o void:inDataset <{one.iri}> . ?s ?p ?o }}"""
            assert one.links == number(release.store, query)
        for reach in goal.reaches:
            query = f"""{VOID} SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{
                ?set void:objectsTarget <{goal.iri}> ; void:linkPredicate ?p .
                ?o void:inDataset ?set . ?s ?p ?o ; a <{reach.class_}> }}"""
            assert reach.linked == number(release.store, query), (goal.iri, reach.segment)
            assert len(reach.missing) == min(20, reach.things - reach.linked)


def test_numbers_are_those_of_the_quality_of_the_release(release: Release) -> None:
    """Two ways of counting the same must not come apart."""
    counted = {one.segment: one for one in release.quality.types}
    assert release.linkage
    for goal in release.linkage.goals:
        for reach in goal.reaches:
            other = counted[reach.segment]
            assert (reach.things, reach.linked) == (other.things, other.counts[LINK + goal.iri])


def test_what_a_release_keeps_is_what_its_content_says(release: Release) -> None:
    upkeep = of_quads(release.store, release.iris, release.withdrawn)
    assert release.linkage == measured(upkeep, release.shapes)


def test_numbers_are_read_as_they_were_written(release: Release) -> None:
    assert release.linkage
    assert read(as_json(release.linkage)) == release.linkage


def test_things_of_one_type_count_each_once_whatever_the_linksets(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    build(settings_for(project))
    linkage = current(project / "releases").linkage
    assert linkage and (linkage.links, linkage.conforms, linkage.findings) == (5, True, ())
    wikidata, places = linkage.goals
    assert [(r.segment, r.linked, r.things, r.missing) for r in wikidata.reaches] == [
        ("town", 1, 2, (IRIS.of("id/town/992020"),))
    ]
    assert [(r.segment, r.linked, r.things, r.percent) for r in places.reaches] == [
        ("town", 2, 2, 100)
    ]
    assert [(one.iri.rpartition("/")[2], one.links) for one in places.sets] == [
        ("places", 2),
        ("places-around", 1),
        ("places-near", 1),
    ]
    (exact, *_) = places.sets
    assert (exact.confidence, exact.method["en"]) == ("high", "Matched by code.")
    assert exact.examples[0].object == f"{PLACES}992011-霞市"


def test_a_release_keeps_what_the_checks_found_with_its_place(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    line = "\n<http://www.wikidata.org/entity/Q900001>\n  skos:exactMatch place:990000-霞県 .\n"
    append(project / "data" / "links.places.ttl", line)
    build(settings_for(project))
    release = current(project / "releases")
    linkage = release.linkage
    assert linkage and (linkage.conforms, linkage.errors, linkage.kinds["crossing"]) == (
        False,
        1,
        1,
    )
    places = linkage.findings[0]["places"]
    assert {place["file"] for place in places} == {"data/links.places.ttl", "data/towns.csv"}
    assert all(place["line"] for place in places)
    assert any(file.path == FILE for file in release.manifest.files)

"""publish.browse.facets: which thing has which value, counted as a query would count."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.browse.facets import Index, index_of
from publish.browse.labels import Said
from publish.browse.lists import members
from publish.release.release import Release
from publish.shacl.shapes import read_shapes
from tests.support.projects import IRIS, append, write_project
from tests.support.real import rows

PREFIXES = """
BASE <https://data.example.jp/lod/>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX kv: <ontology#> PREFIX plan: <id/plan/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX step: <id/step/>
PREFIX topic: <id/topic/> PREFIX town: <id/town/>
"""
MORE = """
shape:Step sh:property shape:Step-more .
shape:Step-more sh:path ( kv:stepOf kv:town ) ; dash:propertyRole dash:KeyInfoRole .
shape:Town sh:property shape:Town-size .
shape:Town-size sh:path kv:size ; dash:propertyRole dash:KeyInfoRole .
"""
DATA = """
plan:a a kv:Plan ; kv:town town:992011 , town:992020 ; dcterms:subject topic:care .
plan:b a kv:Plan ; kv:town town:992020 .
plan:c a kv:Plan ; dcterms:subject topic:care , topic:snow , topic:unknown .
step:a1 a kv:Step ; kv:stepOf plan:a .
step:c1 a kv:Step ; kv:stepOf plan:c .
town:992011 a kv:Town ; kv:size "大"@ja , "large"@en .
town:992020 a kv:Town ; kv:size "小"@ja , "small"@en .
town:992038 a kv:Town .
topic:snow a skos:Concept ; skos:notation "1" .
topic:care a skos:Concept ; skos:notation "2" .
topic:idle a skos:Concept ; skos:notation "3" .
"""


def index(directory: Path, segment: str, data: str = DATA) -> Index:
    project = write_project(directory / "kasumi")
    append(project / "shapes" / "plan.ttl", MORE)
    shapes = read_shapes(project, IRIS)
    store = ox.Store()
    store.load(PREFIXES + data, format=ox.RdfFormat.TURTLE)
    kind = shapes.kind(segment)
    assert kind
    return index_of(store, shapes, kind, members(store, IRIS, kind))


def real(release: Release, segment: str) -> Index:
    kind = release.shapes.kind(segment)
    assert kind
    found = members(release.store, release.iris, kind)
    return index_of(release.store, release.shapes, kind, found)


def keys(found: Index, name: str) -> dict[str, int]:
    division = found.by_name[name]
    return {value.key: division.totals[n] for n, value in enumerate(division.values)}


def names(found: tuple[str, ...]) -> str:
    return "".join(iri.rpartition("/")[2] for iri in found)


def test_values_are_known_by_the_keys_of_things_in_the_order_of_their_list(tmp_path: Path) -> None:
    found = index(tmp_path, "plan")
    assert keys(found, "town") == {"992011": 1, "992020": 2, "992038": 0}
    assert list(keys(found, "subject").items()) == [("snow", 1), ("care", 2), ("idle", 0)]


def test_only_values_of_the_class_count(tmp_path: Path) -> None:
    assert "unknown" not in keys(index(tmp_path, "plan"), "subject")


def test_values_lie_where_the_path_leads(tmp_path: Path) -> None:
    found = index(tmp_path, "step")
    assert keys(found, "town") == {"992011": 1, "992020": 1}
    assert names(found.found({"town": ["992020"]}, "")) == "a1"


def test_a_text_is_known_by_its_english_and_named_in_both_languages(tmp_path: Path) -> None:
    found = index(tmp_path, "town")
    assert keys(found, "size") == {"large": 1, "small": 1}
    large, _ = found.by_name["size"].values
    assert large.texts == (Said("大", "ja"), Said("large", "en"))
    assert names(found.found({"size": ["large"]}, "")) == "992011"


def test_a_text_in_one_language_is_its_own_key(tmp_path: Path) -> None:
    found = index(tmp_path, "town", 'town:992011 a kv:Town ; kv:size "大"@ja .')
    assert keys(found, "size") == {"大": 1}


def test_values_of_the_same_key_are_told_apart(tmp_path: Path) -> None:
    data = """
town:992011 a kv:Town ; kv:size <id/a/same> . town:992020 a kv:Town ; kv:size <id/b/same> .
town:992038 a kv:Town ; kv:size <https://other.example/same> .
"""
    found = keys(index(tmp_path, "town", data), "size")
    assert found == {"a/same": 1, "b/same": 1, "https://other.example/same": 1}


def test_several_values_of_a_facet_mean_any_and_several_facets_all(tmp_path: Path) -> None:
    found = index(tmp_path, "plan")
    assert names(found.found({"town": ["992011", "992020"]}, "")) == "ab"
    assert names(found.found({"subject": ["care", "snow"]}, "")) == "ac"
    assert names(found.found({"town": ["992020"], "subject": ["care"]}, "")) == "a"
    assert found.found({"town": ["992038"]}, "") == ()


def test_counts_of_a_facet_leave_its_own_values_aside(tmp_path: Path) -> None:
    found = index(tmp_path, "plan")
    division = found.by_name["town"]
    counts = found.counts(division, {"town": ["992011"], "subject": ["care"]})
    assert {division.values[n].key: count for n, count in counts.items()} == {
        "992011": 1,
        "992020": 1,
    }


def test_what_is_unknown_is_an_error(tmp_path: Path) -> None:
    found = index(tmp_path, "plan")
    for chosen in ({"nothing": ["x"]}, {"town": ["x"]}):
        with pytest.raises(KeyError):
            found.found(chosen, "")


def test_a_type_without_things_has_an_index(tmp_path: Path) -> None:
    found = index(tmp_path, "plan", "")
    assert found.found({}, "") == ()
    assert [division.values for division in found.divisions] == [(), ()]


COUNTED = """
PREFIX s5: <ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?two (COUNT(DISTINCT ?thing) AS ?number) WHERE {
  ?thing a s5:Activity ; %s <%s> ; %s ?two } GROUP BY ?two
"""
PATHS = {
    "stage": "s5:activityOf/s5:stage",
    "region": "s5:region",
    "beneficiary": "s5:beneficiary",
    "subject": "dcterms:subject",
}


@pytest.mark.parametrize(("one", "two"), list(combinations(PATHS, 2)))
def test_counts_are_those_of_a_query(release: Release, one: str, two: str) -> None:
    found = real(release, "activity")
    chosen, counted = found.by_name[one], found.by_name[two]
    for value in chosen.values:
        counts = found.counts(counted, {one: [value.key]})
        query = COUNTED % (PATHS[one], value.term.value, PATHS[two])
        assert {
            (counted.values[n].term.value.removeprefix(release.iris.base), str(count))
            for n, count in counts.items()
        } == set(rows(release.store, query))


def test_municipalities_are_divided_by_type_and_region(release: Release) -> None:
    found = real(release, "municipality")
    assert keys(found, "municipalityType") == {"city": 35, "town": 129, "village": 15}
    regions = keys(found, "sfWithin")
    assert len(regions) == 14 and sum(regions.values()) == 179

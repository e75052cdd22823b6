"""publish.browse.facets: which thing has which value, counted as a query would count."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qsl

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.browse.facets import (
    MOST_FACETS,
    MOST_VALUES,
    Division,
    Facet,
    Fault,
    Index,
    Selection,
    Step,
    Value,
    facets_of,
    index_of,
    is_canonical,
    read,
)
from publish.browse.labels import Said
from publish.browse.lists import members
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.shacl.shapes import read_shapes
from tests.support.projects import IRIS, KV, append, write_project
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


# -- An address is read in any form and written in one --------------------------------------------

E = "https://data.example.jp/"


def division(name: str, keys: list[str]) -> Division:
    facet = Facet(name, Text(f"{name}の名", f"the {name}"), (Step(E + name),), None)
    values = tuple(Value(key, ox.NamedNode(E + str(n))) for n, key in enumerate(keys))
    return Division(facet, values, ((0,),))


STAGES, PILLARS = ["under-way", "planned"], ["living", "a,b", "industry", "東&西"]
MANY = [f"v{n}" for n in range(MOST_VALUES + 1)]
INDEX = Index(
    (E + "thing",),
    (
        division("stage", STAGES),
        division("pillar", PILLARS),
        division("region", MANY),
        division("year", ["2020"]),
    ),
    {"": (0,), "name": (0,)},
)


def state(query: str) -> Selection:
    found = read(parse_qsl(query, keep_blank_values=True), INDEX)
    assert isinstance(found, Selection)
    return found


def fault(query: str) -> Fault:
    found = read(parse_qsl(query, keep_blank_values=True), INDEX)
    assert isinstance(found, Fault)
    return found


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("", ""),
        ("page=1", ""),
        ("sort=&stage=", ""),
        ("utm_source=x&stage=planned", "?stage=planned"),
        ("pillar=industry&stage=planned&pillar=living", "?stage=planned&pillar=living&pillar=industry"),
        ("pillar=industry,living", "?pillar=living&pillar=industry"),
        ("pillar=a,b", "?pillar=a%2Cb"),
        ("pillar=living&pillar=living", "?pillar=living"),
        ("pillar=東%26西", "?pillar=%E6%9D%B1%26%E8%A5%BF"),
        ("page=2&sort=name&stage=planned", "?stage=planned&sort=name&page=2"),
    ],
)  # fmt: skip
def test_an_address_has_one_form(asked: str, written: str) -> None:
    assert state(asked).query == written
    assert state(written[1:]) == state(asked)


@pytest.mark.parametrize(
    ("asked", "is_the_one"),
    [
        ("", True),
        ("page=1", True),
        ("other=x&stage=planned", True),
        ("stage=under-way&stage=planned", True),
        ("stage=planned&stage=under-way", False),
        ("stage=under-way,planned", False),
        ("sort=name&stage=planned", False),
        ("stage=", False),
        ("sort=", False),
        ("stage=planned&stage=planned", False),
        ("page=02", False),
    ],
)
def test_other_forms_than_the_one_are_found_out(asked: str, is_the_one: bool) -> None:
    parameters = parse_qsl(asked, keep_blank_values=True)
    assert is_canonical(parameters, state(asked), INDEX) == is_the_one


parameters = st.lists(
    st.tuples(
        st.sampled_from(["stage", "pillar", "region", "sort", "other"]),
        st.sampled_from([*STAGES, *PILLARS, *MANY[:3], "name", ""]),
    ),
    max_size=6,
)


@given(parameters)
def test_what_is_written_is_read_again_as_the_same(given_: list[tuple[str, str]]) -> None:
    found = read(given_, INDEX)
    if isinstance(found, Selection):
        again = parse_qsl(found.query[1:], keep_blank_values=True)
        assert read(again, INDEX) == found
        assert is_canonical(again, found, INDEX)


def test_an_unknown_value_is_told_with_a_state_that_exists() -> None:
    found = fault("stage=planned&pillar=nothing")
    assert found.status == 404
    assert found.said == Text(
        "「pillarの名」の値に「nothing」はありません。",
        'There is no value "nothing" of "the pillar".',
    )
    assert found.instead == state("stage=planned")


def test_a_long_unknown_value_is_not_repeated_whole() -> None:
    assert len(fault(f"stage={'x' * 5000}").said.en) < 150


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "１", "9" * 20, ""])
def test_a_page_is_a_number_from_1(page: str) -> None:
    assert fault(f"page={page}").status == 404


def test_an_unknown_order_is_told() -> None:
    assert fault("sort=size").status == 404
    assert fault("sort=size").instead == Selection()


def test_so_many_facets_and_values_can_be_combined_and_no_more() -> None:
    three = "stage=planned&pillar=living&region=v1"
    assert len(state(three).choices) == MOST_FACETS
    refused = fault(f"{three}&year=2020")
    assert (refused.status, refused.instead) == (400, state(three))
    assert str(MOST_FACETS) in refused.said.en and str(MOST_FACETS) in refused.said.ja
    ten = "&".join(f"region={key}" for key in MANY[:MOST_VALUES])
    assert len(state(ten).chosen["region"]) == MOST_VALUES
    assert fault(f"{ten}&region={MANY[-1]}").instead == state(ten)


def test_conditions_are_taken_back_one_by_one_or_all() -> None:
    whole = state("stage=planned&pillar=living&pillar=industry&sort=name&page=3")
    assert whole.without("pillar", "living") == state("stage=planned&pillar=industry&sort=name")
    assert whole.without("stage", "planned").chosen == {"pillar": ("living", "industry")}
    assert whole.without("pillar") == state("stage=planned&sort=name")
    assert whole.cleared() == state("sort=name")
    assert whole.in_order("") == state("stage=planned&pillar=living&pillar=industry")
    assert whole.on_page(1).page == 1


def test_only_everything_in_the_order_by_code_is_whole() -> None:
    assert state("").is_whole and state("page=2").is_whole
    assert not state("sort=name").is_whole and not state("stage=planned").is_whole


# -- Which properties the shapes mark as facets, and the paths that lead to values ----------------

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

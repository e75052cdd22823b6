"""The committed data: complete, tied to its source, and free of contradictions.

Rules that must return nothing stand in `tests/rules/*.rq`; beside each stands a small dataset
that breaks it (`.trig`), so that a rule which never fires is noticed.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.formats import NTRIPLES, RDF_FORMATS, Format
from publish.release.release import Release
from tests.support.dumps import triples_of
from tests.support.real import BASE, ROOT, number, rows
from tests.whole import expected

RULES = sorted((ROOT / "tests" / "rules").glob("*.rq"))
SKOS = "http://www.w3.org/2004/02/skos/core#"
#: What we publish and do not describe in the data: documents, and the namespace of our terms.
UNDESCRIBED = {"shapes", "ontology#", "ontology/2.0.0", "dump", "api/3/", "reconcile"}


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    return release.store


# -- Rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_rule_finds_nothing_in_the_data(rule: Path, store: ox.Store) -> None:
    query = rule.read_text("utf-8")
    found = rows(store, query)
    assert not found, "\n".join([query.splitlines()[0], *map(str, found)])


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_rule_finds_its_counterexample(rule: Path) -> None:
    broken = ox.Store()
    counterexample = rule.with_suffix(".trig").read_text("utf-8")
    broken.load(counterexample.encode(), ox.RdfFormat.TRIG, base_iri=BASE)
    assert rows(broken, rule.read_text("utf-8"))


# -- Names and numbers -------------------------------------------------------------------------


def names(store: ox.Store, class_: str, type_: str) -> dict[str, str]:
    """Return the Japanese names of the things of a class by their keys."""
    found = rows(
        store,
        f'SELECT ?s ?n {{ ?s a <ontology#{class_}> ; <{SKOS}prefLabel> ?n FILTER (LANG(?n) = "ja") }}',
    )
    return {str(iri).removeprefix(f"id/{type_}/"): str(name) for iri, name in found}


@pytest.mark.parametrize(
    ("class_", "type_", "wanted"),
    [
        ("Initiative", "initiative", expected.INITIATIVES),
        ("Pillar", "pillar", expected.PILLARS),
        ("Perspective", "perspective", expected.PERSPECTIVES),
        ("Strategy", "strategy", expected.STRATEGIES),
        ("PriorityProject", "project", expected.PROJECTS),
        ("Stage", "stage", expected.STAGES),
        ("FiscalYear", "fiscal-year", expected.FISCAL_YEARS),
        ("Region", "region", expected.REGIONS),
        ("Ward", "ward", expected.WARDS),
        ("NorthernTerritoriesVillage", "village", expected.VILLAGES),
        ("Prefecture", "prefecture", {"01": "北海道"}),
    ],
)
def test_japanese_names_are_verbatim(
    store: ox.Store, class_: str, type_: str, wanted: dict[str, str]
) -> None:
    assert names(store, class_, type_) == wanted


@pytest.mark.parametrize(
    ("class_", "wanted"),
    [
        ("Initiative", 25),
        ("RegionalInitiative", 12),
        ("Activity", 60),
        ("Strategy", 2),
        ("PriorityProject", 1),
        ("Pillar", 5),
        ("Perspective", 6),
        ("Prefecture", 1),
        ("Region", 14),
        ("Municipality", 179),
        ("Ward", 10),
        ("NorthernTerritoriesVillage", 6),
        ("SourceDocument", 1),
    ],
)
def test_there_are_as_many_things_as_there_should_be(
    store: ox.Store, class_: str, wanted: int
) -> None:
    assert number(store, f"SELECT (COUNT(?s) AS ?n) {{ ?s a <ontology#{class_}> }}") == wanted


def test_each_regional_initiative_belongs_to_its_region(store: ox.Store) -> None:
    found = rows(store, "SELECT ?i ?r { ?i a <ontology#Initiative> ; <ontology#region> ?r }")
    assert {
        str(initiative).removeprefix("id/initiative/"): str(region).removeprefix("id/region/")
        for initiative, region in found
    } == expected.REGION_OF


def test_municipalities_lie_in_the_region_that_the_official_list_gives() -> None:
    with (ROOT / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as stream:
        found = Counter(row["region_slug"] for row in csv.DictReader(stream))
    assert dict(found) == expected.MUNICIPALITIES_OF


def test_fourteen_bureaus_are_units_of_the_prefecture(store: ox.Store) -> None:
    org = "http://www.w3.org/ns/org#"
    units = rows(store, f"SELECT ?b {{ ?b <{org}unitOf> <id/organization/hokkaido> }}")
    assert {bureau for (bureau,) in units} == {
        f"id/organization/{region}-bureau" for region in expected.REGIONS
    }


def test_each_prefecture_and_municipality_has_a_body_and_nothing_else_has(store: ox.Store) -> None:
    found = rows(
        store,
        """PREFIX org: <http://www.w3.org/ns/org#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?class ?area ?body ?number ?code {
            VALUES ?class { <ontology#Prefecture> <ontology#Municipality> <ontology#Region>
                <ontology#Ward> <ontology#NorthernTerritoriesVillage> }
            ?area a ?class ; dcterms:identifier ?code .
            ?body dcterms:spatial ?area ; a org:FormalOrganization , org:Organization ;
                org:identifier ?number .
            ?area <ontology#localGovernment> ?body
        }""",
    )
    classes = Counter(str(class_).removeprefix("ontology#") for class_, *_ in found)
    assert classes == {"Municipality": 179, "Prefecture": 1}
    bodies = {str(body).removeprefix("id/organization/"): str(area) for _, area, body, *_ in found}
    assert bodies.pop("hokkaido") == "id/prefecture/01"
    assert {f"id/municipality/{key.removeprefix('municipality-')}" for key in bodies} == {
        *bodies.values()
    }
    assert [number for *_, number, code in found if number != _corporate_number(str(code))] == []


def _corporate_number(code: str) -> str:
    base = f"000020{code}"
    weighted = sum(int(n) * (1 + at % 2) for at, n in enumerate(reversed(base)))
    return f"{9 - weighted % 9}{base}"


@pytest.mark.parametrize(
    "number",
    [
        # as public files have them: Hokkaido, Tokyo, Yokohama, Fukuoka, Nasukarasuyama
        "7000020010006",
        "8000020130001",
        "3000020141003",
        "3000020401307",
        "7000020092151",
    ],
)
def test_the_rule_makes_the_corporate_numbers_that_were_published(number: str) -> None:
    assert _corporate_number(number[7:]) == number


def test_bodies_are_named_for_their_areas(store: ox.Store) -> None:
    found = rows(
        store,
        f"""SELECT ?area_name ?name ?area_en ?type ?en {{
            ?body a <http://www.w3.org/ns/org#FormalOrganization> ;
                <http://purl.org/dc/terms/spatial> ?area ; <{SKOS}prefLabel> ?name , ?en .
            ?area a <ontology#Municipality> ; <{SKOS}prefLabel> ?area_name , ?area_en ;
                <ontology#municipalityType> ?type
            FILTER (LANG(?area_name) = "ja" && LANG(?name) = "ja")
            FILTER (LANG(?area_en) = "en" && LANG(?type) = "en" && LANG(?en) = "en")
        }}""",
    )
    assert len(found) == 179
    assert [row for row in found if row[0] != row[1]] == []
    wrong = [row for row in found if row[4] != f"{str(row[3]).capitalize()} of {row[2]}"]
    assert wrong == []


def test_a_website_belongs_to_the_body_and_is_a_page_about_the_area(store: ox.Store) -> None:
    foaf = "http://xmlns.com/foaf/0.1/"
    owners = rows(
        store, f"SELECT ?s ?page {{ GRAPH <graph/reference> {{ ?s <{foaf}homepage> ?page }} }}"
    )
    assert len(owners) == 180
    assert {str(owner).split("/")[1] for owner, _ in owners} == {"organization"}
    found = rows(
        store, f"SELECT ?area ?page {{ ?area a <ontology#Municipality> ; <{foaf}page> ?page }}"
    )
    pages = {area: page for area, page in found}
    assert len(pages) == 179
    of_bodies = {page for owner, page in owners if owner != "id/organization/hokkaido"}
    assert {*pages.values()} == of_bodies
    assert pages["id/municipality/011002"] == "https://www.city.sapporo.jp/"


@pytest.mark.parametrize(
    ("class_", "digits", "count"),
    [
        ("Prefecture", 2, 1),
        ("Region", 5, 14),
        ("Municipality", 5, 179),
        ("Ward", 5, 10),
        ("NorthernTerritoriesVillage", 5, 6),
    ],
)
def test_codes_of_areas_follow_one_rule(
    store: ox.Store, class_: str, digits: int, count: int
) -> None:
    found = rows(
        store,
        f"""SELECT ?code ?notation {{
            ?s a <ontology#{class_}> ; <http://purl.org/dc/terms/identifier> ?code ;
                <{SKOS}notation> ?notation
        }}""",
    )
    assert len(found) == count
    for code, notation in found:
        assert re.fullmatch("[0-9]{6}", str(code)) and str(code).startswith(str(notation))
        assert len(str(notation)) == digits


def test_dates_and_counts_stand_beside_their_notation_as_printed(store: ox.Store) -> None:
    found = rows(
        store,
        """SELECT ?s ?notation ?date ?year ?quantity {
            ?s <ontology#originalNotation> ?notation
            OPTIONAL { ?s <http://purl.org/dc/terms/date> ?date }
            OPTIONAL { ?s <ontology#fiscalYear> ?year }
            OPTIONAL { ?s <ontology#quantity> ?quantity }
        }""",
    )
    assert {
        (
            str(thing).removeprefix("id/"),
            notation,
            date,
            year and year.removeprefix("id/fiscal-year/"),
            quantity and int(quantity),
        )
        for thing, notation, date, year, quantity in found
    } == expected.NOTATIONS


def test_codes_have_a_true_check_digit(store: ox.Store) -> None:
    classes = """<ontology#Municipality> <ontology#Ward> <ontology#NorthernTerritoriesVillage>
        <ontology#Region> <ontology#Prefecture>"""
    codes = rows(
        store,
        f"""SELECT ?code {{
            VALUES ?class {{ {classes} }}
            ?s a ?class ; <http://purl.org/dc/terms/identifier> ?code
        }}""",
    )
    assert len(codes) == 210
    assert [code for (code,) in codes if not _has_true_check_digit(str(code))] == []


def _has_true_check_digit(code: str) -> bool:
    weighted = sum(
        int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True)
    )
    return int(code[5]) == (11 - weighted % 11) % 10


# -- Graphs ------------------------------------------------------------------------------------


def test_union_holds_as_many_triples_as_its_graphs_together(store: ox.Store) -> None:
    in_union = number(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    distinct = number(store, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
    in_graphs = rows(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert in_union == distinct == sum(int(str(count)) for (count,) in in_graphs)


def test_count_over_several_from_is_the_sum_of_their_graphs(release: Release) -> None:
    sizes = release.manifest.graphs
    query = """SELECT (COUNT(*) AS ?n)
        FROM <graph/source> FROM <graph/editorial> FROM <graph/links> { ?s ?p ?o }"""
    found = release.store.query(query, base_iri=BASE)
    assert isinstance(found, ox.QuerySolutions)
    (row,) = found
    assert int(row["n"].value) == sizes["source"] + sizes["editorial"] + sizes["links"]


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.suffix)
def test_every_dump_holds_all_triples(release: Release, format_: Format) -> None:
    found = triples_of(release, format_)
    assert len(found) == release.manifest.triples
    assert found == triples_of(release, NTRIPLES)


def test_content_stands_in_the_graphs_of_the_design(release: Release) -> None:
    assert sorted(release.manifest.graphs) == [
        "derived",
        "editorial",
        "links",
        "ontology",
        "reference",
        "source",
    ]


def test_each_published_object_under_the_base_is_described(store: ox.Store) -> None:
    found = rows(
        store,
        """SELECT DISTINCT ?o {
            ?s ?p ?o FILTER (ISIRI(?o) && STRSTARTS(STR(?o), STR(<.>)))
            FILTER NOT EXISTS { ?o ?q ?x }
        }""",
    )
    undescribed = {str(iri) for (iri,) in found if not str(iri).startswith("dump/")}
    assert undescribed - UNDESCRIBED == set()


# -- Form of values ----------------------------------------------------------------------------


def test_language_tags_are_written_in_lower_case() -> None:
    # the engine folds them, so the files are looked at
    tag = re.compile(r'"@([A-Za-z-]*[A-Z][A-Za-z-]*)|"lang": *"([a-z-]*[A-Z][A-Za-z-]*)"')
    files = [*ROOT.glob("ontology/*.ttl"), *ROOT.glob("data/*.ttl"), *ROOT.glob("data/*.json")]
    assert len(files) > 10
    assert [path.name for path in files if tag.search(path.read_text("utf-8"))] == []


def test_polygons_together_stay_under_250_kb(store: ox.Store) -> None:
    wkt = rows(store, "SELECT ?w { ?g <http://www.opengis.net/ont/geosparql#asWKT> ?w }")
    assert len(wkt) == 20
    assert sum(len(str(text).encode()) for (text,) in wkt) < 250_000


def test_shapes_have_names_and_messages_in_both_languages(release: Release) -> None:
    texts: Counter[tuple[str, str, str]] = Counter()
    for subject, predicate, object_ in release.shapes.graph:
        language = getattr(object_, "language", None)
        if language:
            texts[str(subject), str(predicate), language] += 1
    lacking = [
        (subject, predicate)
        for subject, predicate, language in texts
        if texts[subject, predicate, "ja"] != texts[subject, predicate, "en"]
    ]
    assert texts
    assert lacking == []


# -- Links and credits -------------------------------------------------------------------------


@pytest.mark.parametrize("linkset", expected.LINKS)
def test_each_link_matches_the_form_of_its_target(store: ox.Store, linkset: str) -> None:
    form, size = expected.LINKS[linkset]
    found = rows(
        store,
        f"""PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?target {{
            <id/linkset/{linkset}> void:linkPredicate ?p . ?s ?p ?target .
            ?target void:inDataset <id/linkset/{linkset}>
        }}""",
    )
    assert len(found) == size
    assert [target for (target,) in found if not re.fullmatch(form, str(target))] == []


def test_the_catalogue_states_the_size_of_each_linkset(store: ox.Store) -> None:
    void = "http://rdfs.org/ns/void#"
    found = rows(store, f"SELECT ?s ?n {{ ?s a <{void}Linkset> ; <{void}triples> ?n }}")
    assert {str(iri).removeprefix("id/linkset/"): int(str(size)) for iri, size in found} == {
        linkset: size for linkset, (_, size) in expected.LINKS.items()
    }


def test_every_linkset_is_known_to_this_test(store: ox.Store) -> None:
    found = rows(store, "SELECT ?s { ?s a <http://rdfs.org/ns/void#Linkset> }")
    assert {str(iri).removeprefix("id/linkset/") for (iri,) in found} == expected.LINKS.keys()


def test_a_region_is_linked_to_wikidata_or_says_why_it_is_not(store: ox.Store) -> None:
    linked, explained = (
        {
            str(iri).removeprefix("id/region/")
            for (iri,) in rows(
                store, f"SELECT DISTINCT ?s {{ ?s a <ontology#Region> . {pattern} }}"
            )
        }
        for pattern in (
            f"?s <{SKOS}closeMatch> ?o FILTER (STRSTARTS(STR(?o), 'http://www.wikidata.org/'))",
            f"?s <{SKOS}editorialNote> ?note FILTER (CONTAINS(STR(?note), 'Wikidata'))",
        )
    )
    assert linked == {"kamikawa", "hidaka"}
    assert linked | explained == {*expected.REGIONS} and not linked & explained


@pytest.mark.parametrize("credit", expected.CREDITS)
def test_credits_of_the_reference_tables_stand_in_the_catalogue(
    store: ox.Store, credit: str
) -> None:
    rights = rows(
        store,
        """SELECT ?text {
            VALUES ?graph { <graph/reference> <graph/links> }
            ?graph <http://purl.org/dc/terms/rights>/<http://www.w3.org/2000/01/rdf-schema#label>
                ?text
        }""",
    )
    assert any(credit in str(text) for (text,) in rights)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_catalogue_says_that_this_is_no_official_publication(
    store: ox.Store, language: str
) -> None:
    found = rows(
        store,
        f"""SELECT ?text {{
            <catalog#dataset> <http://purl.org/dc/terms/description> ?text
            FILTER (LANG(?text) = "{language}")
        }}""",
    )
    disclaimer = {
        "ja": "北海道の公式な刊行物ではない",
        "en": "not an official publication of Hokkaido",
    }
    assert disclaimer[language] in str(found[0][0])

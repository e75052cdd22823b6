"""publish.project.integrity: every term is declared, every thing is described."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import GraphError, Place, Problem
from publish.i18n import LANGUAGES
from publish.project.dataset import read_dataset
from publish.project.integrity import check, check_catalog, check_withdrawn, unsayable
from publish.project.turtle_files import read_turtle
from publish.project.withdrawn import Withdrawal
from publish.rdf.terms import node
from tests.support.projects import BASE, IRIS, UNSAYABLE, append, edit, write_project

PLANS = Path("data/source.plans.ttl")
CATALOG = Path("data/catalog.ttl")
ONTOLOGY = Path("ontology/kasumi.ttl")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _check(project: Path) -> tuple[Problem, ...]:
    try:
        check(read_dataset(project, IRIS))
    except GraphError as error:
        return error.problems
    return ()


def _check_plan(project: Path, statement: str) -> tuple[Problem, ...]:
    append(project / PLANS, f"\nplan:remote-care {statement} .\n")
    return _check(project)


AT = Place("data/source.plans.ttl", 25)


def test_the_sample_project_is_whole(project: Path) -> None:
    assert _check(project) == ()


@pytest.mark.parametrize(
    ("statement", "term"),
    [
        ("kv:twon <id/town/992011>", "ontology#twon"),
        ("a kv:Paln", "ontology#Paln"),
        ('dcterms:date "R2.8"^^kv:EraDate', "ontology#EraDate"),
        ("dcterms:relation <ontology/2.0.0>", "ontology/2.0.0"),
    ],
)
def test_a_term_of_ours_that_is_not_declared_is_refused(
    project: Path, statement: str, term: str
) -> None:
    (problem,) = _check_plan(project, statement)
    assert problem.what.ja == f"語彙にない用語「{term}」です。"
    assert problem.what.en == f'Undeclared term "{term}".'
    assert problem.place == AT


def test_a_term_is_not_declared_by_data_that_describe_it(project: Path) -> None:
    append(project / PLANS, '\nkv:Paln skos:prefLabel "計画"@ja .\n')
    (problem,) = _check(project)
    assert problem.what.en == 'Undeclared term "ontology#Paln".'


def test_a_project_need_not_say_that_its_ontology_is_one(project: Path) -> None:
    edit(project / ONTOLOGY, "<ontology> a owl:Ontology ;", "<ontology>")
    (problem,) = _check_plan(project, "a kv:Paln")
    assert problem.what.en == 'Undeclared term "ontology#Paln".'


@pytest.mark.parametrize("iri", ["https://vocab.example/v", "https://vocab.example/v#"])
def test_a_term_of_an_ontology_elsewhere_has_to_be_declared_too(project: Path, iri: str) -> None:
    owl = "http://www.w3.org/2002/07/owl#"
    (project / "ontology" / "theirs.ttl").write_text(
        f"<{iri}> a <{owl}Ontology> .\n<https://vocab.example/v#A> a <{owl}Class> .\n", "utf-8"
    )
    assert _check_plan(project, "a <https://vocab.example/v#A>") == ()
    (problem,) = _check_plan(project, "a <https://vocab.example/v#B>")
    assert problem.what.en == 'Undeclared term "https://vocab.example/v#B".'


def test_terms_of_others_need_no_declaration(project: Path) -> None:
    assert _check_plan(project, "a skos:Collection , <http://schema.org/CreativeWork>") == ()


@pytest.mark.parametrize("name", ["versionIRI", "priorVersion", "backwardCompatibleWith"])
def test_versions_of_the_ontology_need_no_declaration(project: Path, name: str) -> None:
    append(project / ONTOLOGY, f"\n<ontology> owl:{name} <ontology/0.9.0> .\n")
    assert _check(project) == ()


@pytest.mark.parametrize(
    "name", ["id/town/992038", "id/topic/ai", "id/town", "idd/town/992011", "towns"]
)
def test_a_reference_to_what_nobody_describes_is_refused(project: Path, name: str) -> None:
    (problem,) = _check_plan(project, f"kv:town <{name}>")
    assert problem.what.ja == f"参照先「{name}」はどこにも記述されていません。"
    assert problem.what.en == f'"{name}" is referred to but described nowhere.'
    assert problem.place == AT


@pytest.mark.parametrize("page", ["", "about", "shapes", "graph/source"])
def test_pages_of_the_site_can_be_referred_to(project: Path, page: str) -> None:
    assert _check_plan(project, f"dcterms:relation <{page}>") == ()


@pytest.mark.parametrize(
    "name",
    ["id/plan/Remote", "id/plan/遠隔", "id/plan/a.b", "id/plan", "id/plan/a/b", "plan/remote-care"],
)
def test_a_thing_that_could_not_be_looked_up_is_refused(project: Path, name: str) -> None:
    append(project / PLANS, f'\n<{name}>\n  dcterms:title "甲"@ja , "乙"@ja .\n')
    (problem,) = _check(project)
    assert problem.what.ja == f"IRI「{name}」の形が正しくありません。"
    assert problem.what.en == f'IRI "{name}" is not well-formed.'
    assert problem.place == Place("data/source.plans.ttl", 26)


def test_a_code_with_a_letter_in_a_table_is_refused_with_its_row(project: Path) -> None:
    metadata = project / "data" / "towns.csv-metadata.json"
    edit(metadata, '"datatype": {"base": "string", "format": "[0-9]{6}"}', '"datatype": "string"')
    append(project / "data" / "towns.csv", "99203X,霧村,キリムラ,Kiri,\n")
    (problem,) = _check(project)
    assert problem.what.en == 'IRI "id/town/99203X" is not well-formed.'
    assert problem.place == Place("data/towns.csv", 4, "code")


def test_a_control_character_is_refused(project: Path) -> None:
    (problem,) = _check_plan(project, r'dcterms:title "見守り\u000Bの推進"@ja')
    assert problem.what.ja == "文字列に制御文字（U+000B）が入っています。"
    assert problem.what.en == "The text holds a control character (U+000B)."
    assert problem.place == AT


def test_lines_and_tabs_are_no_control_characters_of_that_kind(project: Path) -> None:
    assert _check_plan(project, r'dcterms:title "一行目\n\t二行目\r"@ja') == ()


def test_all_problems_are_told_at_once(project: Path) -> None:
    problems = _check_plan(project, "a kv:Paln ; kv:town <id/town/1> , <id/town/2>")
    assert len(problems) == 3


def _catalog(project: Path) -> tuple[Problem, ...]:
    dataset = read_dataset(project, IRIS)
    statements = read_turtle(project / CATALOG, "catalog", IRIS, project)
    try:
        check_catalog((statement.triple for statement in statements), dataset)
    except GraphError as error:
        return error.problems
    return ()


def test_a_catalogue_may_refer_to_content_and_to_itself(project: Path) -> None:
    assert _catalog(project) == ()


@pytest.mark.parametrize(
    "name", ["id/organization/nobody", "graph/sauce", "catalog#contact", "void#x"]
)
def test_a_catalogue_that_refers_to_nothing_is_refused_with_its_line(
    project: Path, name: str
) -> None:
    append(project / CATALOG, f"\ncatalog:dataset dcterms:relation <{name}> .\n")
    (problem,) = _catalog(project)
    assert problem.what.ja == f"カタログの参照先「{name}」はどこにも記述されていません。"
    assert problem.place == Place("data/catalog.ttl", 93)


def _withdrawn(project: Path, key: str, successor: str) -> list[str]:
    gone = Withdrawal("plan", key, "2031-04-01", "統合", "merged", successor)
    try:
        check_withdrawn(read_dataset(project, IRIS), {("plan", key): gone})
    except GraphError as error:
        return [problem.what.en for problem in error.problems]
    return []


def test_a_withdrawn_thing_may_have_a_successor_or_none(project: Path) -> None:
    assert _withdrawn(project, "old-care", "plan/remote-care") == []
    assert _withdrawn(project, "old-care", "") == []


def test_a_withdrawn_thing_that_is_still_described_is_refused(project: Path) -> None:
    assert _withdrawn(project, "snow-robots", "") == [
        'The withdrawn "plan/snow-robots" is still described.'
    ]


def test_a_successor_that_nobody_describes_is_refused(project: Path) -> None:
    assert _withdrawn(project, "old-care", "plan/new-care") == [
        'The successor "plan/new-care" is described nowhere.'
    ]


def test_what_a_rule_derived_is_checked_without_a_place(project: Path) -> None:
    dataset = read_dataset(project, IRIS)
    plan, town = node(BASE + "id/plan/remote-care"), node(BASE + "id/town/1")
    dataset.found[plan, node(BASE + "ontology#town"), town] = ("derived", None)
    with pytest.raises(GraphError) as caught:
        check(dataset)
    (problem,) = caught.value.problems
    assert (problem.what.en, problem.place) == (
        '"id/town/1" is referred to but described nowhere.',
        None,
    )


# -- What RDF/XML cannot express -------------------------------------------------------------------


def _warnings(project: Path) -> list[Problem]:
    catalog = read_turtle(project / CATALOG, "catalog", IRIS, project)
    return list(unsayable(read_dataset(project, IRIS), [one.triple for one in catalog]))


def test_the_sample_project_has_nothing_that_rdf_xml_cannot_express(project: Path) -> None:
    assert _warnings(project) == []


@pytest.mark.parametrize(("iri", "near"), UNSAYABLE.items())
def test_a_property_without_a_name_for_xml_is_told_with_its_line_and_a_better_iri(
    project: Path, iri: str, near: str | None
) -> None:
    assert _check_plan(project, f"<{iri}> 1 , 2") == ()
    (found,) = _warnings(project)
    assert found.place == AT
    for language in LANGUAGES:
        assert iri in found.what.in_(language)
        assert near is None or near in found.remedy.in_(language)


@pytest.mark.parametrize("iri", UNSAYABLE)
def test_it_is_told_of_a_column_of_a_table_and_of_the_catalogue_too(
    project: Path, iri: str
) -> None:
    edit(
        project / "data" / "towns.csv-metadata.json",
        '"lang": "ja-hrkt", "propertyUrl": "skos:altLabel"',
        f'"lang": "ja-hrkt", "propertyUrl": "{iri.replace("%", "%25")}"',
    )
    last = len((project / CATALOG).read_text("utf-8").splitlines())
    append(project / CATALOG, f"<catalog> <{iri}> 1 .\n")
    found = [problem.place for problem in _warnings(project)]
    assert found == [Place("data/towns.csv", 2, "name_kana"), Place(str(CATALOG), last + 1)]


@pytest.mark.parametrize("code", ["0001", "0007", "000B", "001F", "FFFE"])
def test_a_control_character_in_the_catalogue_is_refused_with_its_line(
    project: Path, code: str
) -> None:
    last = len((project / CATALOG).read_text("utf-8").splitlines())
    append(project / CATALOG, f'<catalog> <urn:x:note> "a\\u{code}" .\n')
    catalog = read_turtle(project / CATALOG, "catalog", IRIS, project)
    with pytest.raises(GraphError) as caught:
        check_catalog([one.triple for one in catalog], read_dataset(project, IRIS))
    places = {p.place for p in caught.value.problems if f"U+{code}" in p.what.en}
    assert places == {Place(str(CATALOG), last + 1)}

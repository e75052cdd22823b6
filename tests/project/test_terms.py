"""publish.project.terms: terms that their vocabulary does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import check as check_project
from publish.errors import GraphError, Place, Problem
from publish.iris import Iris
from publish.project.dataset import read_dataset
from publish.project.integrity import check
from tests.support.projects import IRIS, append, edit, settings_for, write_project

PLANS = Path("data/source.plans.ttl")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _problems(project: Path) -> tuple[Problem, ...]:
    with pytest.raises(GraphError) as raised:
        check_project(settings_for(project))
    return raised.value.problems


@pytest.mark.parametrize(
    ("statement", "name", "meant"),
    [
        ('dcterms:subjet "見守り"@ja', "dcterms:subjet", "dcterms:subject"),
        ('skos:preflabel "見守り"@ja', "skos:preflabel", "skos:prefLabel"),
        ("<http://www.w3.org/ns/prov#wasDerivedFrm> plan:snow-robots", "prov:wasDerivedFrm", "prov:wasDerivedFrom"),
        ('<http://schema.org/adress> "霞市"', "schema:adress", "schema:address"),
        ("a <http://www.w3.org/ns/prov#Entitiy>", "prov:Entitiy", "prov:Entity"),
        ("a skos:concept", "skos:concept", "skos:Concept"),
        ('dcterms:date "2020-10"^^xsd:gYearMont', "xsd:gYearMont", "xsd:gYearMonth"),
        ('<https://purl.org/dc/terms/title> "題"@ja', "https://purl.org/dc/terms/title", "dcterms:title"),
    ],
)  # fmt: skip
def test_a_term_that_does_not_exist_is_refused_with_its_place(
    project: Path, statement: str, name: str, meant: str
) -> None:
    append(project / PLANS, f"\nplan:remote-care {statement} .\n")
    (problem,) = _problems(project)
    assert problem.what.ja == f"「{name}」という用語は、その語彙にありません。"
    assert problem.remedy.ja == (
        f"「{meant}」の書き誤りではないか、綴り（大文字・小文字も）を確かめてください。"
    )
    assert problem.place == Place(str(PLANS), 25)


def test_a_term_is_told_once_however_often_it_is_used(project: Path) -> None:
    append(project / PLANS, '\nplan:remote-care dcterms:subjet "甲" , "乙" .\n')
    append(project / PLANS, 'plan:snow-robots dcterms:subjet "丙" .\n')
    (problem,) = _problems(project)
    assert problem.what.en == 'The vocabulary has no term "dcterms:subjet" (used 3 times).'


@pytest.mark.parametrize(
    ("path", "line"),
    [("data/catalog.ttl", "<catalog> dcterms:titel '題'@ja ."), ("ontology/kasumi.ttl", "kv:Plan rdfs:coment '注'@ja .")],
)  # fmt: skip
def test_catalogue_and_ontology_are_read_as_closely(project: Path, path: str, line: str) -> None:
    append(project / path, f"\n{line}\n")
    (problem,) = _problems(project)
    assert problem.place == Place(path, (project / path).read_text("utf-8").count("\n"))


def test_so_are_the_shapes(project: Path) -> None:
    edit(project / "shapes" / "plan.ttl", "sh:path dcterms:subject ;", "sh:path dcterms:subjet ;")
    (problem,) = _problems(project)
    line = (project / "shapes" / "plan.ttl").read_text("utf-8").partition("dcterms:subjet")[0]
    assert problem.place == Place("shapes/plan.ttl", line.count("\n") + 1)
    assert "dcterms:subject" in problem.remedy.ja


def test_what_is_in_a_copy_of_the_vocabulary_is_for_the_copy_to_say(project: Path) -> None:
    skos = "http://www.w3.org/2004/02/skos/core"
    (project / "ontology" / "skos.ttl").write_text(
        f"<{skos}> a <http://www.w3.org/2002/07/owl#Ontology> .\n"
        f"<{skos}#newTerm> a <http://www.w3.org/2002/07/owl#Class> .\n"
        f"<{skos}#prefLabel> a <http://www.w3.org/2002/07/owl#Class> .\n",
        "utf-8",
    )
    append(project / PLANS, "\nplan:remote-care a skos:newTerm .\n")
    with pytest.raises(GraphError) as raised:
        check(read_dataset(project, Iris.at(IRIS.base)))
    assert not [one for one in raised.value.problems if "newTerm" in one.what.ja]

"""publish.project.integrity: one message for what is described nowhere, with what may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import GraphError, Problem
from publish.project.dataset import read_dataset
from publish.project.integrity import check
from tests.support.projects import IRIS, append, edit, write_project

PLANS = Path("data/source.plans.ttl")
TOWNS = Path("data/towns.csv")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _problem(project: Path) -> Problem:
    with pytest.raises(GraphError) as caught:
        check(read_dataset(project, IRIS))
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("992012", "992011"),
        ("992101", "992011"),
        ("99201", "992011"),
        ("9922020", "992020"),
        ("992021", "992020"),
    ],
)
def test_a_code_that_was_miscopied_is_told_with_the_row_that_it_may_mean(
    project: Path, wrong: str, meant: str
) -> None:
    append(project / PLANS, f"\nplan:remote-care dcterms:spatial town:{wrong} .\n")
    problem = _problem(project)
    assert problem.what.ja == f"参照先「id/town/{wrong}」はどこにも記述されていません。"
    assert f"近いもの：「id/town/{meant}」" in problem.remedy.ja
    assert "data/towns.csv:" in problem.remedy.ja and ":code" in problem.remedy.ja
    assert str(problem.place) == "data/source.plans.ttl:25"


def test_an_iri_that_many_speak_of_is_told_once(project: Path) -> None:
    more = (f"plan:remote-care <urn:p:{n}> town:992099 .\n" for n in range(5))
    append(project / PLANS, "\n" + "".join(more))
    assert "（参照は5か所）" in _problem(project).what.ja


def test_a_key_that_all_others_write_in_another_way_is_told_where_it_stands(project: Path) -> None:
    append(project / PLANS, "\nplan:remote-care dcterms:spatial town:992011 .\n")
    edit(project / TOWNS, "992011", "992012")
    problem = _problem(project)
    assert str(problem.place) == "data/towns.csv:2:code"
    assert problem.remedy.ja == "ここの「992012」が「992011」の書き誤りでないか確かめてください。"


@pytest.mark.parametrize(
    ("value", "datatype", "iso"),
    [
        ("令和2年10月", "gYearMonth", "2020-10"),
        ("R2.10", "gYearMonth", "2020-10"),
        ("2020年10月", "gYearMonth", "2020-10"),
        ("2020/10", "gYearMonth", "2020-10"),
        ("２０２０－１０", "gYearMonth", "2020-10"),
        ("令和2年10月1日", "date", "2020-10-01"),
        ("令和2年度", "gYear", "2020"),
    ],
)
def test_a_date_in_another_notation_is_told_in_iso_form(
    project: Path, value: str, datatype: str, iso: str
) -> None:
    append(project / PLANS, f'\nplan:remote-care dcterms:date "{value}"^^xsd:{datatype} .\n')
    problem = _problem(project)
    assert problem.what.ja.startswith(f"「{value}」は、日付のデータの書き方ではありません")
    assert problem.remedy.ja == f'西暦で "{iso}"^^xsd:{datatype} と書いてください。'

"""publish.project.integrity: each literal is one of its datatype."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import GraphError, Place
from publish.project.dataset import read_dataset
from publish.project.integrity import check
from publish.project.turtle_files import read_turtle
from tests.support.projects import IRIS, append, write_project

PLANS = Path("data/source.plans.ttl")
CATALOG = Path("data/catalog.ttl")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


@pytest.mark.parametrize(
    ("value", "datatype", "form"),
    [
        ("2020-13", "gYearMonth", "西暦の年と月（01から12）を 2020-10 の形で"),
        ("20年", "gYear", "西暦の年を4桁で 2020 の形で"),
        ("2021-02-29", "date", "実在する年月日を 2020-10-01 の形で"),
        ("2020-01-01", "dateTime", "実在する日時を 2020-10-01T09:00:00 の形で"),
        ("--02-30", "gMonthDay", "実在する月日を --10-01 の形で"),
        ("1Y", "duration", "期間を P1Y2M3DT4H の形で"),
        ("日本語", "language", "言語タグを ja や en-GB の形で"),
        ("５", "integer", "整数を半角数字で"),
        ("-1", "nonNegativeInteger", "0以上の整数を半角数字で"),
        ("256", "unsignedByte", "0以上255以下の整数を半角数字で"),
        ("はい", "boolean", "true 又は false と"),
        ("1,200", "decimal", "半角の数を、桁区切りを入れずに 12.5 の形で"),
    ],
)
def test_what_is_no_value_of_its_datatype_is_refused(
    project: Path, value: str, datatype: str, form: str
) -> None:
    append(project / PLANS, f'\nplan:remote-care dcterms:date "{value}"^^xsd:{datatype} .\n')
    with pytest.raises(GraphError) as raised:
        check(read_dataset(project, IRIS))
    (problem,) = raised.value.problems
    assert problem.what.ja == f"「{value}」は、データ型 xsd:{datatype} の値ではありません。"
    assert problem.what.en == f'"{value}" is no value of xsd:{datatype}.'
    assert problem.remedy.ja == f"{form}書いてください。"
    assert problem.place == Place("data/source.plans.ttl", 25)


def test_the_catalogue_is_read_as_closely(project: Path) -> None:
    append(project / CATALOG, '\n<catalog> dcterms:modified "2020-02-30"^^xsd:date .\n')
    line = (project / CATALOG).read_text("utf-8").count("\n")
    found = list(read_turtle(project / CATALOG, "catalog", IRIS, project))
    with pytest.raises(GraphError) as raised:
        check(read_dataset(project, IRIS), [one.triple for one in found])
    assert [(problem.place, problem.remedy.ja) for problem in raised.value.problems] == [
        (Place(str(CATALOG), line), "実在する年月日を 2020-10-01 の形で書いてください。")
    ]

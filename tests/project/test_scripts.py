"""publish.project.scripts: texts whose script is not that of their language."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import check
from publish.errors import GraphError, Place, Problem
from publish.project.scripts import is_english, is_japanese
from tests.support.projects import append, edit, settings_for, write_project

PLANS = Path("data/source.plans.ttl")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _problems(project: Path) -> tuple[Problem, ...]:
    with pytest.raises(GraphError) as raised:
        check(settings_for(project))
    return raised.value.problems


JAPANESE = [
    "遠隔医療の推進",
    "遠隔医療 promotion",
    "スマート農業",
    "ｽﾏｰﾄ農業",
    "Society 5.0 推進",
    "「遠隔見守り」",
    "ICTを活用した牧草生産",
    "𠮷野",
    "Promotion of 遠隔見守り",
]
NOT_JAPANESE = [
    "Smart agriculture",
    "Sapporo (札幌)",
    "The plan 「北海道Society5.0推進計画」 names five pillars.",
    "The kanji “道” ends the name.",
    "Cities: built as 霞県 and the name, the form that is seen in the published list.",
    "SDGs",
    "5",
    "",
]
ENGLISH = [
    "Smart agriculture",
    "Promotion of remote care",
    "Brings ICT and robots into farming.",
    "open data",
    "A way of surveying kelp grounds, and a trial of 5 shared drying facilities.",
    "Watches over relatives",
]
NOT_ENGLISH = [
    "AI",
    "IoT",
    "SDGs",
    "Society 5.0",
    "Who's On First",
    "GeoNames.jp",
    "Kasumi",
    "e-Stat",
    "Wikidata（CC0）",
    "ＩＣＴ",
    "Face to Face",
    "lodpub",
    "curl -H 'Accept: text/turtle'",
    "21",
    "",
    "遠隔ＴＶカンファレンス system",
]


@pytest.mark.parametrize("text", JAPANESE)
def test_japanese_is_told_from_english(text: str) -> None:
    assert is_japanese(text)


@pytest.mark.parametrize("text", NOT_JAPANESE)
def test_english_may_have_japanese_names_in_it(text: str) -> None:
    assert not is_japanese(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_told_from_japanese(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", NOT_ENGLISH)
def test_names_in_roman_letters_are_japanese_too(text: str) -> None:
    assert not is_english(text)


def test_a_name_in_capitals_is_one_if_it_is_the_same_in_english() -> None:
    assert is_english("Obihiro City", {"Obihiro"})
    assert not is_english("Open Street Map", {"Open Street Map"})
    assert not is_english("Open Street Map")


@pytest.mark.parametrize("text", JAPANESE[:6])
def test_japanese_tagged_as_english_is_refused(project: Path, text: str) -> None:
    append(project / PLANS, f'\nplan:remote-care skos:note "{text}"@en .\n')
    (problem,) = _problems(project)
    assert problem.what.ja == f"英語（@en）とされた文字列「{text}」が日本語です。"
    assert "@ja に" in problem.remedy.ja
    assert problem.place == Place(str(PLANS), 25)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_tagged_as_japanese_is_refused(project: Path, text: str) -> None:
    append(project / PLANS, f'\nplan:remote-care skos:note "{text}"@ja .\n')
    (problem,) = _problems(project)
    assert problem.what.ja.startswith(f"日本語（@ja）とされた文字列「{text[:40]}")
    assert "@en に" in problem.remedy.ja
    assert problem.place == Place(str(PLANS), 25)


def test_a_table_is_told_by_row_and_column(project: Path) -> None:
    edit(project / "data" / "towns.csv", "浜町,ハママチ,Hama,", "浜町,ハママチ,浜町,")
    (problem,) = _problems(project)
    assert str(problem.place) == "data/towns.csv:3:name_en"


def test_tags_that_are_swapped_are_both_told(project: Path) -> None:
    edit(project / "data" / "editorial.plans.ttl", '“remote care”"@en', '“remote care”"@ja')
    edit(project / PLANS, '「遠隔見守り」の推進"@ja', '「遠隔見守り」の推進"@en')
    assert {problem.what.en.partition(" is tagged ")[2] for problem in _problems(project)} == {
        "@en, but is Japanese.",
        "@ja, but is English.",
    }


def test_the_catalogue_is_read_as_closely(project: Path) -> None:
    append(project / "data" / "catalog.ttl", '\n<catalog> dcterms:description "霞県の計画"@en .\n')
    assert [str(problem.place).partition(":")[0] for problem in _problems(project)] == [
        "data/catalog.ttl"
    ]

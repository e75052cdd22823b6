"""publish.search.absent: who looks for what the sources do not have is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.browse.labels import Labels
from publish.build import build
from publish.i18n import Text
from publish.release.release import Release, current
from publish.search.absent import Absence, absences_of, meant, tokens
from tests.support.projects import append, settings_for, write_project

NOTE = """
catalog:dataset skos:scopeNote catalog:absent .
catalog:absent {} .
"""
NAMED = 'rdfs:label "雪"@ja , "Snow"@en'
SAID = 'dcterms:description "積雪の量は分からない。"@ja , "How much snow lies is not known."@en'


def of(release: Release) -> tuple[Absence, ...]:
    return absences_of(Labels(release.store), release.iris.of("catalog#dataset"))


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("人口", "population"),
        ("総人口", "population"),
        ("札幌市の人口", "population"),
        ("帯広市 人口", "population"),
        ("人口について教えて", "population"),
        ("じんこう", "population"),
        ("ジンコウ", "population"),
        ("population", "population"),
        ("Population of Sapporo", "population"),
        ("予算", "budget"),
        ("予算額", "budget"),
        ("スマート農業の予算は？", "budget"),
        ("事業費", "budget"),
        ("令和３年度　当初予算", "budget"),
        ("the budget", "budget"),
        ("KPI", "indicators"),
        ("ＫＰＩ", "indicators"),
        ("kpi", "indicators"),
        ("指標", "indicators"),
        ("取組の数値目標", "indicators"),
        ("key performance indicators", "indicators"),
        ("担当課", "division"),
        ("遠隔医療の担当課", "division"),
        ("担当部署、連絡先", "division"),
        ("department in charge", "division"),
    ],
)
def test_a_word_for_what_the_source_does_not_have_is_known(
    release: Release, asked: str, key: str
) -> None:
    (found,) = meant(of(release), asked)
    assert found.iri.endswith(f"#absent-{key}")


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "？",
        "の",
        "関係人口",
        "交流人口",
        "人口減少問題",
        "札幌市",
        "遠隔医療",
        "予算委員会",
        "department",
        "charge",
        "in charge department",
        "011002",
        "targeted",
    ],
)
def test_other_words_are_not_taken_for_it(release: Release, asked: str) -> None:
    assert meant(of(release), asked) == ()


def test_several_can_be_meant_at_once(release: Release) -> None:
    found = meant(of(release), "人口と予算")
    assert [one.name.ja for one in found] == ["予算", "人口"]


def test_each_has_a_name_a_text_and_words_in_both_languages(release: Release) -> None:
    found = of(release)
    assert [one.name.en for one in found] == [
        "Budget",
        "Division in charge",
        "Indicators (KPI)",
        "Population",
    ]
    for one in found:
        assert "もとの資料に書かれていない" in one.said.ja
        assert "not stated in the source document" in one.said.en
        assert one.is_meant(one.name.ja) and one.is_meant(one.name.en)
        assert all(one.is_meant(word) for word in one.words)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (f"{NAMED} ; {SAID}", [Text("雪", "Snow")]),
        (f'{NAMED} ; {SAID} ; skos:altLabel "積雪"@ja', [Text("雪", "Snow")]),
        (NAMED, []),
        (SAID, []),
    ],
)
def test_what_says_nothing_in_both_languages_is_left_out(
    tmp_path: Path, said: str, names: list[Text]
) -> None:
    project = write_project(tmp_path / "project")
    append(project / "data" / "catalog.ttl", NOTE.format(said))
    build(settings_for(project))
    assert [one.name for one in of(current(project / "releases"))] == names


def test_a_data_set_that_says_nothing_of_it_has_none(kasumi: Path) -> None:
    assert of(current(kasumi / "releases")) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("の は を", ()),
        ("霞市の人口について", ("霞市", "人口")),
        ("予算・人口", ("予算", "人口")),
        ("ＫＰＩ（目標値）", ("kpi", "目標値")),
        ("Cost of living", ("cost", "of", "living")),
    ],
)
def test_words_are_cut_at_blanks_marks_and_hiragana(text: str, found: tuple[str, ...]) -> None:
    assert tokens(text) == found

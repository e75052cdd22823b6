"""publish.project.copied: our words are not those of the source, which is not at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publish.build import check
from publish.errors import GraphError, Place, Problem
from publish.project.copied import (
    SUFFIX,
    Fingerprint,
    fingerprint_of,
    folded,
    longest_copied,
    read_fingerprint,
)
from tests.support.projects import append, settings_for, write_project
from tests.support.real import ROOT

#: What the plan of the prefecture that does not exist may say.
TEXT = """◆「遠隔見守り」の推進
• 離れて暮らす家族の様子を、情報通信機器を
用いて日常的に見守る仕組みを市町と連携して
整備（2030年度：３か所）

◆除雪ロボットの導入
• 高齢化が進む豪雪地域において、自動走行する除雪ロボットの実証を行い、作業の担い手不足の解消を図る
"""
SOURCE = ROOT.parent / "shared" / "source" / "000_37ba6c15635a15bd.txt"
EDITORIAL = Path("data/editorial.plans.ttl")
FILE = f"data/source{SUFFIX}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = write_project(tmp_path / "kasumi")
    (project / FILE).write_text(fingerprint_of(TEXT).as_json(), "utf-8")
    return project


def _problems(project: Path) -> tuple[Problem, ...]:
    try:
        check(settings_for(project))
    except GraphError as error:
        return error.problems
    return ()


COPIES = [
    "離れて暮らす家族の様子を、情報通信機器を用いて日常的に見守る仕組みを市町と連携して整備",
    "この計画では、情報通信機器を用いて日常的に見守る仕組みを整える。",
    "高齢化が進む豪雪地域において，自動走行する除雪ロボットの実証を行う。",
    "離れて暮らす家族の様子を　情報通信機器を用いて見守る。",
    "自動走行する除雪ロボットの実証を行い、人手を補う。",
    "試行する（作業の担い手不足の解消を図るため）。「実証を行い、作業の担い手不足の解消」",
]
OWN_WORDS = [
    "遠くに住む家族を機器で見守る。",
    "雪の多い地域で、自動で走る除雪機を試す。",
    "除雪ロボットの導入により、人手の不足を補う。",
    "「遠隔見守り」の推進を掲げる計画で、家族の様子を伝える。",
    "市町と連携する。",
]


@pytest.mark.parametrize("text", COPIES)
@pytest.mark.parametrize("name", ["dcterms:description", "skos:note"])
def test_a_sentence_of_the_source_is_refused(project: Path, text: str, name: str) -> None:
    append(project / EDITORIAL, f'\nplan:snow-robots {name} "{text}"@ja , "In words."@en .\n')
    (problem,) = _problems(project)
    assert (
        problem.what.ja.startswith("出典の文をそのまま写しています：「") and FILE in problem.what.ja
    )
    assert "自分の言葉で" in problem.remedy.ja
    line = (project / EDITORIAL).read_text("utf-8").count("\n")
    assert problem.place == Place(str(EDITORIAL), line)


@pytest.mark.parametrize("text", OWN_WORDS)
def test_words_of_our_own_with_names_and_facts_are_not(project: Path, text: str) -> None:
    append(project / EDITORIAL, f'\nplan:snow-robots dcterms:description "{text}"@ja , "X"@en .\n')
    assert _problems(project) == ()


def test_a_text_of_any_property_is_prose_with_a_full_stop(project: Path) -> None:
    copy = "自動走行する除雪ロボットの実証を行う"
    append(project / EDITORIAL, f'\nplan:snow-robots dcterms:alternative "{copy}"@ja .\n')
    assert _problems(project) == ()
    append(project / EDITORIAL, f'\nplan:snow-robots dcterms:coverage "{copy}。"@ja .\n')
    assert len(_problems(project)) == 1


def test_a_long_name_that_the_source_graph_has_may_be_used(project: Path) -> None:
    said = "「日常的に見守る仕組みを市町と連携して整備」事業は、まだ始まっていない。"
    append(project / EDITORIAL, f'\nplan:snow-robots dcterms:description "{said}"@ja , "X"@en .\n')
    assert len(_problems(project)) == 1
    name = "日常的に見守る仕組みを市町と連携して整備"
    append(project / "data/source.plans.ttl", f'\nplan:snow-robots skos:altLabel "{name}"@ja .\n')
    assert _problems(project) == ()


def test_without_a_fingerprint_nothing_is_compared(project: Path) -> None:
    (project / FILE).unlink()
    append(project / EDITORIAL, f'\nplan:snow-robots skos:note "{COPIES[0]}"@ja .\n')
    assert _problems(project) == ()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"window": 5, "bits": ["AAAA"]}', '{"window": 7, "bits": ["あ"]}',
     '{"window": 7, "bits": []}', '{"window": 7}'],
)  # fmt: skip
def test_a_file_that_is_no_fingerprint_is_refused(project: Path, content: str) -> None:
    (project / FILE).write_text(content, "utf-8")
    (problem,) = _problems(project)
    assert problem.place == Place(FILE)
    assert "lodpub fingerprint" in problem.remedy.ja


def test_the_file_gives_back_the_fingerprint(project: Path) -> None:
    assert read_fingerprint(project / FILE, project) == fingerprint_of(TEXT)
    assert json.loads((project / FILE).read_text("utf-8"))["window"] == 7


def test_an_eighth_of_all_runs_seem_to_be_in_the_text_and_no_more() -> None:
    """Too few for chance to make a copy of them, too many to read the text off."""
    fingerprint = fingerprint_of("".join(map(chr, range(0x4E00, 0x5E00))))
    others = ["".join(map(chr, range(at, at + 7))) for at in range(0x6000, 0x8000)]
    share = sum(map(fingerprint.has, others)) / len(others)
    assert 0.10 < share < 0.14


def test_width_case_marks_and_blanks_do_not_count() -> None:
    assert (
        folded("ＩＣＴ を、\n活用（した）ｻｰﾋﾞｽ")
        == folded("ictを活用したサービス")
        == "ictを活用したサービス"
    )


def test_the_longest_part_is_told() -> None:
    fingerprint = fingerprint_of("あいうえおかきくけこさしすせそたちつてと")
    text = "前にあいうえおかきくけこさしすせそ、後に何か"
    assert longest_copied(text, fingerprint, frozenset()) == "あいうえおかきくけこさしすせそ"
    assert longest_copied(text, Fingerprint(bytes(40)), frozenset()) == ""


def test_the_fingerprint_of_this_repository_is_that_of_its_source() -> None:
    if not SOURCE.exists():
        pytest.skip("the text of the policy document is not on this machine")
    text = SOURCE.read_text("utf-8")
    kept = read_fingerprint(ROOT / FILE, ROOT)
    assert kept == fingerprint_of(text)
    paragraphs = [p for p in text.replace("\n\n", "\0").split("\0") if len(folded(p)) > 30]
    assert len(paragraphs) > 20
    assert all(longest_copied(paragraph, kept, frozenset()) for paragraph in paragraphs)

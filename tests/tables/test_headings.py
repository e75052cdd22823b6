"""Headings of Japanese tables and what they mean."""

from __future__ import annotations

import pytest

from publish.tables.headings import HEADINGS, ROLES, folded, known

#: 自治体標準オープンデータセット and 推奨データセット: the items that say where something is.
STANDARD = {
    "全国地方公共団体コード": {"code"},
    "都道府県コード又は市区町村コード": {"code"},
    "地方公共団体名": {"name"},
    "都道府県名": {"prefecture"},
    "市区町村名": {"name"},
    "所在地_全国地方公共団体コード": {"code"},
    "所在地_都道府県": {"prefecture"},
    "所在地_市区町村": {"name"},
    "所在地_連結表記": {"address"},
    "住所": {"address"},
    "所在地": {"address"},
    "ID": {"key"},
    "NO": {"key"},
    "名称": {"name", "thing"},
    "名称_カナ": {"reading"},
    "名称_英字": {"reading"},
    "緯度": {"latitude"},
    "経度": {"longitude"},
}


@pytest.mark.parametrize(("heading", "roles"), STANDARD.items())
def test_the_standard_items_are_known(heading: str, roles: set[str]) -> None:
    assert {one.role for one in known(heading)} == roles


@pytest.mark.parametrize(
    "heading",
    ["所在地_町字", "所在地_番地以下", "建物名等(方書)", "電話番号", "備考", "人口", "", "町字ID"],
)
def test_items_that_tell_no_municipality_are_left_alone(heading: str) -> None:
    assert known(heading) == ()


@pytest.mark.parametrize(
    "heading",
    [
        "全国地方公共団体コード（６桁）", "市区町村 コード", "市町村コード※", "団体\nコード", "City-Code",
        "ＣＩＴＹ＿ＣＯＤＥ", "都道府県コードまたは市区町村コード", "*市区町村コード", "JISコード",
    ],
)  # fmt: skip
def test_ways_of_writing_do_not_matter(heading: str) -> None:
    assert [one.role for one in known(heading)] == ["code"]


def test_what_names_the_publisher_comes_after_what_names_the_place() -> None:
    place, publisher = known("所在地_全国地方公共団体コード")[0], known("全国地方公共団体コード")[0]
    assert place.rank < publisher.rank
    assert (place.is_publisher, publisher.is_publisher) == (False, True)


def test_each_heading_has_a_known_role_a_reason_and_no_second_meaning_by_chance() -> None:
    for heading in HEADINGS:
        assert heading.role in ROLES
        assert heading.why.ja and heading.why.en
    spelt = [folded(one) for heading in HEADINGS for one in heading.spellings]
    assert {one for one in spelt if spelt.count(one) > 1} == {"名称"}

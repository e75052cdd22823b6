"""Which column is used for what, with the real matcher over the real data.

Codes without the zero at their beginning.
"""

from __future__ import annotations

import pytest

from publish.errors import GridError
from publish.release.release import Release, current
from publish.tables.columns import coded_in, is_code, zeros_lost
from tests.tables.conftest import parcel, used


def test_names_of_facilities_are_not_taken_for_names_of_municipalities(release: Release) -> None:
    table = "全国地方公共団体コード,名称,住所\n012025,函館市役所,函館市東雲町4-13\n012025,本館,函館市本町1\n"
    assert used(release, table) == {
        "code": "全国地方公共団体コード",
        "address": "住所",
        "thing": "名称",
    }


def test_names_are_taken_for_those_of_municipalities_if_they_are(release: Release) -> None:
    found = parcel(release, "名称,人口\n函館市,1\n小樽市,2\n美瑛町,3\n").table
    (use,) = found.layout.uses
    assert (use.role, use.why.ja) == ("name", "内容が市区町村などの名称と合うため")


def test_the_items_for_the_place_go_before_those_for_the_publisher(release: Release) -> None:
    table = (
        "全国地方公共団体コード,地方公共団体名,所在地_全国地方公共団体コード,所在地_市区町村,都道府県名,所在地_都道府県\n"
        "010006,北海道,012025,函館市,北海道,北海道\n"
    )
    assert used(release, table) == {
        "code": "所在地_全国地方公共団体コード",
        "name": "所在地_市区町村",
        "prefecture": "所在地_都道府県",
    }


def test_a_column_that_fits_clearly_better_is_taken_and_it_is_said_why(release: Release) -> None:
    found = parcel(release, "市区町村名,自治体\n一般会計,函館市\n特別会計,小樽市\n").table
    (use,) = found.layout.uses
    assert found.grid.headings[use.column] == "自治体"
    assert use.why.en == 'its contents fit better than those of "市区町村名"'


def test_an_empty_column_is_passed_over(release: Release) -> None:
    assert used(release, "市区町村名,市町村\n,函館市\n,小樽市\n") == {"name": "市町村"}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("甲,乙\nx,012025\ny,012033\n", {"code": "乙"}),
        ("甲,乙\nああ,函館市\nいい,小樽市\n", {"name": "乙"}),
        ("甲,乙\nああ,函館市本町1-2\nいい,小樽市花園3\n", {"address": "乙"}),
    ],
)
def test_where_no_heading_tells_the_contents_do(
    release: Release, table: str, expected: dict[str, str]
) -> None:
    assert used(release, table) == expected


def test_what_a_person_says_goes_before_all(release: Release) -> None:
    table = "市区町村名,転出先,場所\n函館市,小樽市,札幌市\n"
    assert used(release, table, columns={"name": "転出先"})["name"] == "転出先"
    with pytest.raises(
        GridError, match=r"見出し「無」の列がありません。.*市区町村名、転出先、場所"
    ):
        used(release, table, columns={"name": "無"})


def test_a_table_without_anything_to_go_by_is_refused(release: Release) -> None:
    with pytest.raises(GridError, match="どの列も見つかりません"):
        used(release, "甲,乙\n1,2\n3,4\n")


def test_a_region_column_with_something_else_is_left_out_and_told(release: Release) -> None:
    found = parcel(release, "市町村名,地区\n函館市,西部\n小樽市,第3\n").table
    assert [use.role for use in found.layout.uses] == ["name"]
    assert (
        "「地区」の列は、見出しは地域・管内のようですが、内容が合わない" in found.layout.notes[0].ja
    )


def test_the_small_project_has_codes_and_names_too(kasumi: object) -> None:
    release = current(kasumi / "releases")  # type: ignore[operator]
    assert used(release, "団体コード,市町村名,都道府県名\n992011,霞市,霞県\n") == {
        "code": "団体コード",
        "name": "市町村名",
        "prefecture": "都道府県名",
    }


# -- Codes without the zero at their beginning ----------------------------------------------------

KNOWN = frozenset({"01"})


@pytest.mark.parametrize("cell", ["012025", "01202", "1202", "12025", "０１２０２", "01-202"])
def test_what_can_be_a_code_is_one(cell: str) -> None:
    assert is_code(cell)


@pytest.mark.parametrize("cell", ["012026", "12", "0120251", "函館", "", "1.5"])
def test_what_cannot_be_a_code_is_none(cell: str) -> None:
    assert not is_code(cell)


def test_several_codes_without_their_zeros_are_no_chance_but_one_may_be() -> None:
    assert zeros_lost(["12025", "12033", "12203"])
    assert zeros_lost(["12025", "12033", "12203", "131016", "北海道"])
    assert not zeros_lost(["12025", "12033"])
    assert not zeros_lost(["01202", "01203", "01204"])
    assert not zeros_lost(["12025", "12033", "12217"])  # a city elsewhere, without check digit


@pytest.mark.parametrize(
    ("cell", "lost", "six", "doubtful"),
    [
        ("012025", False, "012025", False),
        ("01202", False, "012025", False),
        ("1202", False, "012025", False),
        ("12025", True, "012025", False),
        ("12025", False, "012025", True),
        ("12217", False, "122173", False),
        ("012026", False, None, True),
        ("", False, None, False),
    ],
)
def test_a_cell_is_read_as_the_column_tells(
    cell: str, lost: bool, six: str | None, doubtful: bool
) -> None:
    coded = coded_in(cell, zeros_lost=lost, known=KNOWN)
    assert (coded.code.six if coded.code else None, coded.is_doubtful) == (six, doubtful)


def test_a_zero_that_was_put_back_is_told() -> None:
    (said,) = coded_in("1202", zeros_lost=False, known=KNOWN).said
    assert said.ja == "「1202」の先頭に0を補い、コード 01202 とみなしました。"
    (said,) = coded_in("12025", zeros_lost=True, known=KNOWN).said
    assert said.en == 'A zero was put in front of "12025": code 012025.'

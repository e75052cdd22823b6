"""Codes of local governments: read in every length, and explained when they are wrong."""

from __future__ import annotations

import csv

import pytest

from publish.errors import CodeError
from publish.search.codes import check_digit, looks_like_code, read_code, with_lost_zero
from tests.support.real import ROOT


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.mark.parametrize("table", ["municipalities.csv", "wards.csv", "villages.csv"])
def test_every_code_of_the_data_has_the_check_digit_that_is_computed(table: str) -> None:
    wrong = [
        row["lg_code"] for row in _rows(table) if check_digit(row["jis_code"]) != row["lg_code"][5]
    ]
    assert wrong == []


def test_the_six_digits_of_regions_are_their_area_codes_with_the_check_digit() -> None:
    rows = _rows("regions.csv")
    assert len(rows) == 14
    assert [row for row in rows if read_code(row["region_code"]).six != row["checked_code"]] == []
    # as other public sources have them
    assert {"014206", "013005"} <= {row["checked_code"] for row in rows}


@pytest.mark.parametrize(
    ("text", "is_district"),
    [
        ("01420", True),
        ("014206", True),
        ("01300", True),
        ("01690", True),
        ("02300", True),
        ("01370", True),  # a town has one of these numbers
        ("01100", False),
        ("01210", False),
        ("01303", False),
        ("01", False),
        ("01695", False),
    ],
)
def test_codes_of_districts_and_branches_are_told_from_others(text: str, is_district: bool) -> None:
    assert read_code(text).is_district is is_district


@pytest.mark.parametrize(
    ("text", "five", "six"),
    [
        ("012025", "01202", "012025"),
        ("01202", "01202", "012025"),
        ("０１２０２５", "01202", "012025"),
        (" 01202-5 ", "01202", "012025"),
        ("01202\u20105", "01202", "012025"),
        ("01202\u20115", "01202", "012025"),
        ("01202\u20145", "01202", "012025"),
        ("01202\u22125", "01202", "012025"),
        ("01202ー5", "01202", "012025"),
        ("01", "01000", "010006"),
        ("010006", "01000", "010006"),
    ],
)
def test_a_code_is_read_in_each_of_its_forms(text: str, five: str, six: str) -> None:
    code = read_code(text)
    assert (code.five, code.six, code.repaired) == (five, six, False)


def test_a_prefecture_is_told_from_its_municipalities() -> None:
    assert read_code("01").is_prefecture
    assert not read_code("012025").is_prefecture
    assert read_code("012025").prefecture == "01"


@pytest.mark.parametrize(("text", "five"), [("1202", "01202"), ("1", "01000")])
def test_a_zero_that_a_spreadsheet_took_away_is_put_back_and_told(text: str, five: str) -> None:
    code = read_code(text)
    assert code.five == five
    assert code.repaired


def test_five_digits_may_be_six_without_their_zero() -> None:
    lost = with_lost_zero(read_code("12025"))
    assert lost is not None
    assert (lost.six, lost.repaired) == ("012025", True)
    assert with_lost_zero(read_code("12026")) is None
    assert with_lost_zero(read_code("012025")) is None


def test_a_wrong_check_digit_is_explained_with_the_right_one() -> None:
    with pytest.raises(CodeError) as caught:
        read_code("012026")
    problem = caught.value.problems[0]
    assert "「5」" in problem.what.ja
    assert "012025" in problem.what.ja
    assert '"5"' in problem.what.en
    assert "012025" in problem.what.en


@pytest.mark.parametrize("text", ["012", "0120255", "0" * 400])
def test_a_wrong_number_of_digits_is_explained(text: str) -> None:
    with pytest.raises(CodeError) as caught:
        read_code(text)
    assert "5桁" in caught.value.problems[0].remedy.ja


@pytest.mark.parametrize("text", ["", "札幌市", "0120a5", "١٢"])
def test_what_is_no_number_is_no_code(text: str) -> None:
    with pytest.raises(CodeError):
        read_code(text)


def test_only_digits_look_like_a_code() -> None:
    assert looks_like_code("０１２０２")
    assert looks_like_code("01202-5")
    assert not looks_like_code("北1条西2丁目")
    assert not looks_like_code("")

"""Codes without the zero at their beginning."""

from __future__ import annotations

import pytest

from publish.tables.columns import coded_in, is_code, zeros_lost

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

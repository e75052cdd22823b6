"""publish.eras: dates as people write them."""

from __future__ import annotations

import pytest

from publish.eras import iso_of


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("令和2年10月", "2020-10"),
        ("R2.10", "2020-10"),
        ("R2.8月", "2020-08"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月", "2019-04"),
        ("H31.4.30", "2019-04-30"),
        ("昭和５５年", "1980"),
        ("㋿2年10月", "2020-10"),
        ("令和二年十月二十一日", "2020-10-21"),
        ("2020年10月", "2020-10"),
        ("2020/10", "2020-10"),
        ("2020.10.1", "2020-10-01"),
        ("２０２０－１０", "2020-10"),
        ("2020ー10", "2020-10"),
        ("2020-8", "2020-08"),
        ("R2年度", "2020"),
        ("2020年度", "2020"),
    ],
)
def test_a_date_is_read_in_whatever_notation(text: str, iso: str) -> None:
    assert iso_of(text) == iso


@pytest.mark.parametrize(
    "text",
    ["", "10月", "令和", "5回", "R2年度：５回", "２０２１年度の推進方向", "2020-13", "R2.2.30", "202010", "R2020"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert iso_of(text) is None


@pytest.mark.parametrize(
    ("datatype", "expected"),
    [("gYear", "2020"), ("gYearMonth", "2020-10"), ("date", None), ("dateTime", "2020-10")],
)
def test_a_date_is_cut_to_the_precision_that_is_asked_for(
    datatype: str, expected: str | None
) -> None:
    assert iso_of("令和2年10月", datatype) == expected

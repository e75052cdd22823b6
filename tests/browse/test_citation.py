"""The years of the eras, above all around the days on which an era began.

How a thing is cited.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.browse.citation import Citation, eras_of, written
from publish.rdf import namespaces as ns

DAY, MONTH, YEAR = (ns.XSD + name for name in ("date", "gYearMonth", "gYear"))
#: Day, and the name of the era with its year.
DAYS = [
    ("1873-01-01", "明治6年"),
    ("1912-07-29", "明治45年"),
    ("1912-07-30", "大正元年"),
    ("1913-01-01", "大正2年"),
    ("1926-12-24", "大正15年"),
    ("1926-12-25", "昭和元年"),
    ("1927-01-01", "昭和2年"),
    ("1989-01-07", "昭和64年"),
    ("1989-01-08", "平成元年"),
    ("2019-04-30", "平成31年"),
    ("2019-05-01", "令和元年"),
    ("2020-02-29", "令和2年"),
]


@pytest.mark.parametrize(("day", "year"), DAYS)
def test_an_era_begins_on_its_first_day(day: str, year: str) -> None:
    _, month, number = map(int, day.split("-"))
    said = f"{day[:4]}年{month}月{number}日（{year}{month}月{number}日）"
    assert written(day, DAY, "ja") == said


@pytest.mark.parametrize(
    ("text", "datatype", "ja", "en"),
    [
        ("2021-03", MONTH, "2021年3月（令和3年3月）", "March 2021 (Reiwa 3)"),
        ("2021-03-05", DAY, "2021年3月5日（令和3年3月5日）", "5 March 2021 (Reiwa 3)"),
        ("2021", YEAR, "2021年（令和3年）", "2021 (Reiwa 3)"),
        ("1912", YEAR, "1912年（明治45年・大正元年）", "1912 (Meiji 45 / Taisho 1)"),
        ("1926-12", MONTH, "1926年12月（大正15年12月・昭和元年12月）", None),
        ("1989-01", MONTH, "1989年1月（昭和64年1月・平成元年1月）", "January 1989 (Showa 64 / Heisei 1)"),
        ("1989-02", MONTH, "1989年2月（平成元年2月）", "February 1989 (Heisei 1)"),
        ("2019", YEAR, "2019年（平成31年・令和元年）", "2019 (Heisei 31 / Reiwa 1)"),
        ("2019-04", MONTH, "2019年4月（平成31年4月）", "April 2019 (Heisei 31)"),
        ("2019-05", MONTH, "2019年5月（令和元年5月）", "May 2019 (Reiwa 1)"),
    ],
)  # fmt: skip
def test_dates_months_and_years_are_written_in_both_languages(
    text: str, datatype: str, ja: str, en: str | None
) -> None:
    assert written(text, datatype, "ja") == ja
    assert en is None or written(text, datatype, "en") == en


@pytest.mark.parametrize(
    ("text", "datatype", "said"),
    [("1872-12-31", DAY, "1872年12月31日"), ("1868", YEAR, "1868年"), ("0645", YEAR, "645年")],
)
def test_days_of_the_older_calendar_are_given_no_era(text: str, datatype: str, said: str) -> None:
    assert written(text, datatype, "ja") == said


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2021-02-30", DAY),
        ("2021-13", MONTH),
        ("0000", YEAR),
        ("-0044", YEAR),
        ("12021", YEAR),
        ("2021-03", DAY),
        ("20210305", DAY),
        ("2021-W01-1", DAY),
        ("2021-03-05Z", DAY),
        ("２０２１", YEAR),
        ("", YEAR),
        ("2021-03-05", ns.XSD + "string"),
        ("2021", ns.XSD + "integer"),
    ],
)
def test_what_is_no_such_date_is_not_written(text: str, datatype: str) -> None:
    assert written(text, datatype, "ja") is None


@given(st.dates(date(1873, 1, 1), date(2100, 12, 31)))
def test_every_day_falls_in_one_era_and_its_month_in_that_too(day: date) -> None:
    ((era, year),) = eras_of(day, day)
    assert era.begin <= day and year == day.year - era.begin.year + 1
    last = day.replace(day=monthrange(day.year, day.month)[1])
    assert era in [one for one, _ in eras_of(day.replace(day=1), last)]


@given(st.dates(date(1873, 1, 1), date(2100, 12, 30)))
def test_the_years_of_the_eras_never_go_back_but_to_one(day: date) -> None:
    ((era, year),) = eras_of(day, day)
    tomorrow = day + timedelta(1)
    ((next_era, next_year),) = eras_of(tomorrow, tomorrow)
    assert next_year in (year, year + 1) if era == next_era else next_year == 1


# -- How a thing is cited -------------------------------------------------------------------------

JAPANESE = Citation(
    language="ja",
    name="遠隔医療の推進",
    container="県のデータ",
    version="1.0.0",
    day="2031-04-01",
    publisher="霞県",
    licence="CC BY 4.0",
    address="https://data.example.jp/lod/id/plan/care",
)
ENGLISH = replace(
    JAPANESE, language="en", name="Promoting telemedicine", container="Data", publisher="Kasumi"
)


def test_in_japanese() -> None:
    assert (
        JAPANESE.line()
        == "霞県、「遠隔医療の推進」『県のデータ』、1.0.0版、2031年4月1日（令和13年4月1日）、CC BY 4.0"
    )


def test_in_english() -> None:
    said = "Kasumi, “Promoting telemedicine”, Data, version 1.0.0, 1 April 2031, CC BY 4.0"
    assert ENGLISH.line() == said


def test_what_is_unknown_is_left_out() -> None:
    bare = replace(ENGLISH, version=None, day=None, publisher=None, licence=None)
    assert bare.line() == "“Promoting telemedicine”, Data"
    assert json.loads(bare.csl()) == [
        {
            "id": bare.address,
            "type": "dataset",
            "title": "Promoting telemedicine",
            "container-title": "Data",
            "URL": bare.address,
            "language": "en",
        }
    ]


def test_for_programs_the_date_is_in_parts() -> None:
    (item,) = json.loads(JAPANESE.csl())
    assert item["issued"] == {"date-parts": [[2031, 4, 1]]}
    assert item["version"] == "1.0.0"
    assert item["publisher"] == "霞県"
    assert item["note"] == "CC BY 4.0"


def test_japanese_stands_as_it_is() -> None:
    assert "遠隔医療の推進" in JAPANESE.csl()

"""publish.web.drawing.charts: dates -> the geometry of time lines."""

from __future__ import annotations

from datetime import date

import pytest

from publish.web.drawing.charts import Dated, Mark, line, period, span

START, END = date(2020, 4, 1), date(2021, 3, 31)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("2020-12", (date(2020, 12, 1), date(2020, 12, 31))),
        ("2020-02-29", (date(2020, 2, 29), date(2020, 2, 29))),
        ("2020-02-29T12:00:00", (date(2020, 2, 29), date(2020, 2, 29))),
        ("2020-13", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_of_any_precision_is_a_span_of_days(
    when: str, expected: tuple[date, date] | None
) -> None:
    assert span(when) == expected


def test_months_are_marked_in_their_middle_and_those_of_one_month_together() -> None:
    found = period(
        "y", START, END, [Dated("b", "2020-08"), Dated("a", "2020-08-20"), Dated("c", "2021-03")]
    )
    assert found.marks == (Mark(37.7, "2020-08", ("b", "a")), Mark(95.8, "2021-03", ("c",)))
    assert (found.undated, found.count) == ((), 3)


def test_what_has_no_month_or_lies_outside_is_not_marked() -> None:
    found = period("y", START, END, [Dated("a", ""), Dated("b", "2020"), Dated("c", "2021-04")])
    assert (found.marks, found.undated, found.count) == ((), ("a", "b", "c"), 3)


def test_quarters_are_ticked_from_the_first_day_on() -> None:
    ticks = period("y", START, END, []).ticks
    assert [day for _, day in ticks] == [
        date(2020, 4, 1), date(2020, 7, 1), date(2020, 10, 1), date(2021, 1, 1),
    ]  # fmt: skip
    assert [at for at, _ in ticks] == [0.0, 24.9, 50.1, 75.3]


def test_what_has_no_time_at_all_has_neither_ticks_nor_marks() -> None:
    found = period("", None, None, [Dated("a", "2020-08")])
    assert (found.ticks, found.marks, found.undated) == ((), (), ("a",))


def test_periods_stand_below_each_other_with_an_axis_and_a_bar_where_they_need_one() -> None:
    drawn = line(
        [
            period("2020", START, END, [Dated("a", "2020-08"), Dated("b", "")]),
            period("2021", START, END, [Dated(key, "") for key in "cdef"]),
        ]
    )
    first, second = drawn.stretches
    assert (first.top, first.axis, first.bar, first.length) == (0, 62, 100, 22.0)
    assert (second.top, second.axis, second.bar, second.length) == (146, None, 170, 88.0)
    assert drawn.height == 188

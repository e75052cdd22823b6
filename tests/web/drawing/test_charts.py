"""publish.web.drawing.charts: numbers -> bars and tables of counts."""

from __future__ import annotations

from datetime import date

import pytest

from publish.web.drawing.charts import (
    Bar,
    Cell,
    Dated,
    Mark,
    bars,
    grid,
    line,
    lines,
    period,
    scale,
    shade,
    span,
)


def test_a_bar_is_as_long_as_its_count_and_the_longest_leaves_room_for_its_number() -> None:
    drawn = bars([("暮らし", 6), ("産業", 8), ("行政", 2)])
    assert [(bar.count, bar.length) for bar in drawn.bars] == [(6, 66.0), (8, 88.0), (2, 22.0)]


def test_bars_stand_below_each_other_each_below_its_name() -> None:
    drawn = bars([("Plans", 2), ("Steps", 1)])
    assert drawn.bars == (Bar(("Plans",), 2, 0, 88.0), Bar(("Steps",), 1, 52, 44.0))
    assert [bar.bar_top for bar in drawn.bars] == [20, 72]
    assert drawn.height == 104


def test_nothing_counted_takes_the_room_of_its_name_only() -> None:
    drawn = bars([("a", 0), ("b", 1)])
    assert [(bar.top, bar.length) for bar in drawn.bars] == [(0, 0.0), (27, 88.0)]
    assert bars([("a", 0)]).bars[0].length == 0.0
    assert bars([]).height == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("実施済み又は実施中", ("実施済み又は", "実施中")),
        ("医療、福祉、教育", ("医療、福祉、", "教育")),
        ("一二三四五六、七", ("一二三四五", "六、七")),
        ("to be carried out", ("to be", "carried", "out")),
        ("unbreakablelongword", ("unbreakablelongword",)),
        ("", ("",)),
    ],
)
def test_long_names_go_on_in_another_line(text: str, expected: tuple[str, ...]) -> None:
    assert lines(text, 6) == expected


def test_a_long_name_moves_its_bar_down() -> None:
    (bar,) = bars([("あ" * 50, 1)]).bars
    assert [len(line) for line in bar.name] == [22, 22, 6]
    assert bar.bar_top == 60


def test_shades_go_in_equal_steps_up_to_the_most_and_nothing_has_its_own() -> None:
    assert [shade(count, 4) for count in range(5)] == [0, 1, 2, 3, 4]
    assert [shade(count, 100) for count in (0, 1, 25, 26, 75, 76, 100)] == [0, 1, 1, 2, 3, 4, 4]
    assert shade(1, 1) == 4


def test_a_legend_has_the_shades_that_occur() -> None:
    assert scale([3, 0, 3, 0]) == ((0, 0, 0), (4, 3, 3))
    assert scale([]) == ()


def test_a_table_has_its_largest_rows_first_and_no_empty_ones() -> None:
    found = grid([("a", "x", 1), ("b", "x", 2), ("b", "y", 2), ("c", "y", 1), ("d", "x", 0)])
    assert found.columns == ("x", "y")
    assert found.rows == (
        ("b", (Cell(2, 4), Cell(2, 4))),
        ("a", (Cell(1, 2), Cell(0, 0))),
        ("c", (Cell(0, 0), Cell(1, 2))),
    )


def test_the_columns_of_a_table_have_the_order_that_is_given() -> None:
    assert grid([("a", "x", 1), ("a", "z", 2)], ["z", "y", "x"]).columns == ("z", "y", "x")


# -- Dates -> the geometry of time lines ----------------------------------------------------------

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

"""publish.web.drawing.charts: numbers -> bars and tables of counts."""

from __future__ import annotations

import pytest

from publish.web.drawing.charts import Bar, Cell, bars, grid, lines, scale, shade


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

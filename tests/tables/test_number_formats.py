"""Number formats: codes and durations as they are shown, numbers and days as they are meant."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from publish.tables.grid import Limits
from publish.tables.xlsx import read_workbook


def cell(value: object, format_: str = "General", epoch: datetime | None = None) -> str:
    """Return what is read of a cell that is written to a workbook."""
    book = Workbook()
    if epoch:
        book.epoch = epoch
    sheet: Any = book.active
    sheet.append(["値", "x"])
    sheet["A2"], sheet["B2"] = value, "x"
    sheet["A2"].number_format = format_
    output = io.BytesIO()
    book.save(output)
    return read_workbook(output.getvalue(), "a.xlsx", Limits()).rows[0].cells[0]


@pytest.mark.parametrize(
    ("days", "format_", "shown"),
    [
        (1.25, "[h]:mm", "30:00"), (1.25, "[hh]:mm:ss", "30:00:00"), (1.25, "[h]:mm:ss;@", "30:00:00"),
        (1.25, "[$-411][h]:mm", "30:00"), (1.25, '[h]"時間"mm"分"', "30時間00分"), (1.25, "[h]", "30"),
        (0.125, "[hh]:mm", "03:00"), (0.125, "[h]:mm", "3:00"), (0, "[h]:mm", "0:00"),
        (95 / 1440, "[mm]:ss", "95:00"), (95 / 1440, "[m]", "95"), (3661 / 86400, "[s]", "3661"),
        (30.5 / 24, "[h]:mm", "30:30"), (100, "[h]:mm", "2400:00"), (-1.25, "[h]:mm", "-30:00"),
        (-1.25, "[h]:mm;△[h]:mm", "△30:00"), (59.6 / 86400, "[s]", "60"),
        (59.6 / 86400, "[s].0", "59.6"), (3661.25 / 86400, "[h]:mm:ss.00", "1:01:01.25"),
        (3599.9 / 86400, "[h]:mm:ss", "1:00:00"), (3599 / 86400, "[h]:mm", "0:59"),
        (1 / 3, "[h]:mm", "8:00"), (7.1 / 24, "[h]:mm", "7:06"), (1.25, r"[h]\:mm", "30:00"),
    ],
)  # fmt: skip
def test_a_duration_is_written_as_its_cell_shows_it(days: float, format_: str, shown: str) -> None:
    assert cell(days, format_) == shown


def test_a_duration_that_a_program_wrote_as_such_is_shown_too() -> None:
    assert cell(timedelta(days=1, hours=6), "[h]:mm:ss") == "30:00:00"


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (0.3958333333333333, "h:mm", "09:30:00"), (0.3958333333333333, "h:mm AM/PM", "09:30:00"),
        (0.75, "[$-411]AM/PM h:mm", "18:00:00"), (0.75, 'h"時"mm"分"', "18:00:00"),
        (1.25, "h:mm", "06:00:00"), (2.5, "hh:mm:ss", "12:00:00"), (0.0010416666666666667, "mm:ss", "00:01:30"),
        (0.5, "h:mm;@", "12:00:00"), (0.0, "h:mm", "00:00:00"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_written_as_iso_8601(value: float, format_: str, shown: str) -> None:
    assert cell(value, format_) == shown


@pytest.mark.parametrize(
    "format_",
    ['[$-411]ggge"年"m"月"d"日"', '[$-411]ggge"年"m"月"d"日";@', "[$-411]ge.m.d;@", "yyyy/m/d",
     'yyyy"年"m"月"d"日"', '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', 'm"月"d"日"', 'yyyy"年"m"月"',
     '[$-411]ggge"年"', "aaaa", "[$-411]aaa", "mmm-yy", "yyyy-mm-dd", "[DBNum3]yyyy/m/d"],
)  # fmt: skip
def test_a_day_is_written_as_iso_8601_whatever_its_format_eras_included(format_: str) -> None:
    assert cell(45383, format_) == "2024-04-01"


@pytest.mark.parametrize("format_", ["yyyy/m/d", '[$-411]ggge"年"', "aaaa"])
def test_days_of_a_workbook_that_counts_from_1904_are_the_same(format_: str) -> None:
    assert cell(45383 - 1462, format_, CALENDAR_MAC_1904) == "2024-04-01"


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (45383.5, "yyyy/m/d h:mm", "2024-04-01T12:00:00"), (0, "yyyy/m/d", "1900-01-00"),
        (0, '[$-411]ggge"年"m"月"d"日"', "1900-01-00"), (0.5, "yyyy/m/d h:mm", "1900-01-00T12:00:00"),
        (1, "yyyy/m/d", "1900-01-01"), (date(2024, 4, 1), "yyyy/m/d", "2024-04-01"),
        (time(9, 30), "h:mm", "09:30:00"), (45383.5, "h:mm", "2024-04-01T12:00:00"),
    ],
)  # fmt: skip
def test_days_with_times_and_the_day_that_excel_makes_of_nothing(
    value: object, format_: str, shown: str
) -> None:
    assert cell(value, format_) == shown


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (12025, "000000", "012025"), (1202, "000000;@", "001202"), (7, "000000_ ", "000007"), (7, "00", "07"),
        (608588, "000-0000", "060-8588"), (608588, '"〒"000-0000', "〒060-8588"),
        (608588, r"000\-0000", "060-8588"), (60, "[<=999]000;[<=9999]000-00;000-0000", "060"),
        (6085, "[<=999]000;[<=9999]000-00;000-0000", "060-85"),
        (608588, "[<=999]000;[<=9999]000-00;000-0000", "060-8588"),
        (112345678, r"[<=99999999]####-####;\(00\) ####-####", "(01) 1234-5678"),
        (12345678, r"[<=99999999]####-####;\(00\) ####-####", "1234-5678"),
        (9012345678, "000-0000-0000", "090-1234-5678"), (5, '"第"000"号"', "第005号"), (0, "000", "000"),
        (1234567, "00000", "1234567"), ("012025", "@", "012025"), ("012025", "000000", "012025"),
    ],
)  # fmt: skip
def test_a_code_is_written_as_its_cell_shows_it(value: object, format_: str, shown: str) -> None:
    assert cell(value, format_) == shown


@pytest.mark.parametrize(
    ("value", "format_", "plain"),
    [
        (1234567, "#,##0", "1234567"), (-1500, "#,##0;[Red]-#,##0", "-1500"), (0.25, "0%", "0.25"), (1, "0.0%", "1"),
        (1500, '"¥"#,##0', "1500"), (5, '0"人"', "5"), (3, "0.00", "3"), (3.5, "00.0", "3.5"), (0.5, "# ?/?", "0.5"),
        (12345, "0.00E+00", "12345"), (0.1 + 0.2, "General", "0.3"), (1234.5, "#,##0.00", "1234.5"),
        (123456789012, "General", "123456789012"), (45383, "General", "45383"), (-3, "000", "-3"),
        (12, "0_ ", "12"), (1e20, "General", "1e+20"), (12, "@", "12"), (5, ";;;", "5"), (1, "[>=x]0", "1"),
    ],
)  # fmt: skip
def test_a_number_stays_a_number_whatever_is_shown_around_it(
    value: float, format_: str, plain: str
) -> None:
    assert cell(value, format_) == plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"), (False, "FALSE"), ("#REF!", "#REF!"), ("#N/A", "#N/A"),
        (CellRichText("霞", TextBlock(InlineFont(b=True), "市"), "役所"), "霞市役所"),
    ],
)  # fmt: skip
def test_truth_errors_and_rich_text_are_read_as_they_are_shown(value: object, text: str) -> None:
    assert cell(value) == text

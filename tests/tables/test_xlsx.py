"""XLSX: cells as their reader sees them, and archives that mean harm."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from publish.errors import GridError
from publish.tables.grid import Grid, Limits
from publish.tables.xlsx import read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def written(*rows: list[Any], change: Callable[[Any], object] = lambda sheet: None) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """Return an archive with its parts changed, and others added."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in added.items():
            new.writestr(name, content)
    return output.getvalue()


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, part: part.replace(old, new) if name == SHEET else part


def read(data: bytes, sheet: str | None = None, **limits: Any) -> Grid:
    return read_workbook(data, "a.xlsx", Limits(**limits), sheet)


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(data).rows]


def refusal(data: bytes, **limits: Any) -> str:
    with pytest.raises(GridError) as raised:
        read(data, **limits)
    return str(raised.value)


def test_cells_are_read_as_their_reader_sees_them() -> None:
    def formatted(sheet: Any) -> None:
        sheet["A3"].number_format = "000000"

    data = written(
        ["コード", "数", "日", "時", "真偽"],
        ["012025", 1.5, date(2020, 4, 1), datetime(2020, 4, 1, 9, 30), True],
        [12025, 3.0, None, None, False],
        [1202, None, None, None, None],
        change=formatted,
    )
    assert cells(data) == [
        ("012025", "1.5", "2020-04-01", "2020-04-01T09:30:00", "TRUE"),
        ("012025", "3", "", "", "FALSE"),
        ("1202", "", "", "", ""),
    ]


def test_a_formula_is_never_evaluated_and_its_stored_result_is_taken() -> None:
    data = written(["名", "値"], ["a", "=1+1"], ["b", '=HYPERLINK("http://example.com")'])
    assert cells(data) == [("a", ""), ("b", "")]
    assert [note.en for note in read(data).notes] == [
        "Formulas without a stored result were read as empty: 2 (formulas are never evaluated)."
    ]
    stored = repacked(data, in_sheet(b"<f>1+1</f><v /></c>", b"<f>1+1</f><v>7</v></c>"))
    assert cells(stored)[0] == ("a", "7")


@pytest.mark.parametrize("value", [b"<v></v>", b"<v/>", b"<v />"])
def test_a_formula_whose_result_is_the_empty_text_has_been_computed(value: bytes) -> None:
    data = written(["名", "値"], ["a", '=IF(1,"","x")'])
    empty = in_sheet(b'<c r="B2"><f>', b'<c r="B2" t="str"><f>')
    stored = repacked(repacked(data, empty), in_sheet(b"<v /></c>", value + b"</c>"))
    assert cells(stored) == [("a", "")]
    assert read(stored).notes == ()


def test_the_reading_of_kanji_that_excel_keeps_is_no_part_of_a_cell() -> None:
    reading = '<t>霞市</t><rPh sb="0" eb="2"><t>カスミシ</t></rPh>'.encode()
    data = written(["名"], ["x"])
    inline = in_sheet(b"<t>x</t>", reading)
    assert cells(repacked(data, inline)) == [("霞市",)]


def test_a_value_merged_downwards_is_taken_for_each_of_its_rows() -> None:
    data = written(
        ["県", "市"], ["霞県", "霞市"], [None, "浜町"], [None, "山村"], ["他県", "川市"],
        change=lambda sheet: sheet.merge_cells("A2:A4"),
    )  # fmt: skip
    assert cells(data) == [
        ("霞県", "霞市"), ("霞県", "浜町"), ("霞県", "山村"), ("他県", "川市"),
    ]  # fmt: skip
    assert "結合されたセルが1か所" in str(read(data).notes[0])


def test_the_first_visible_sheet_is_read_or_the_one_that_is_named() -> None:
    book = Workbook()
    first: Any = book.active
    first.append(["隠"])
    first.sheet_state = "hidden"
    for title in ("表一", "表二"):
        book.create_sheet(title).append(["見出し"])
        book[title].append([title])
    output = io.BytesIO()
    book.save(output)
    data = output.getvalue()
    assert cells(data) == [("表一",)]
    assert read(data, "表二").rows[0].cells == ("表二",)
    with pytest.raises(GridError, match=r"シート「表三」はありません。.*表一、表二"):
        read(data, "表三")


def test_rows_have_their_numbers_and_empty_ones_are_left_out() -> None:
    data = written(["a", "b"], [1, 2], [None, None], [3])
    grid = read(data)
    assert [(row.number, row.cells) for row in grid.rows] == [(2, ("1", "2")), (4, ("3", ""))]


@pytest.mark.parametrize(
    "blank", [[None, None], ["", ""], [" ", "　"], ["\u200b", None], ["\u00a0"], [None, "\t"]]
)
def test_rows_without_values_are_left_out_with_one_note(blank: list[Any]) -> None:
    data = written(["a", "b"], blank, [1, 2], blank, blank, [3, 4], blank)
    grid = read(data)
    assert [(row.line, row.cells) for row in grid.rows] == [(3, ("1", "2")), (6, ("3", "4"))]
    (note,) = grid.notes
    assert note.ja.startswith("値のない行を")
    assert "2、4、5" in note.ja


def test_a_title_above_the_headings_is_named() -> None:
    data = written(["霞県の避難所"], [], ["名称", "住所", "備考"], ["本館", "霞市1", "x"])
    assert "見出しは3行目のよう" in refusal(data)


def test_a_row_that_is_longer_than_the_headings_is_refused_with_its_place() -> None:
    assert "a.xlsx:3" in refusal(written(["a"], [1], [1, 2]))


# -- Archives that mean harm -------------------------------------------------------------------


def test_an_archive_that_grows_beyond_the_limit_is_refused_before_it_is_parsed() -> None:
    bomb = repacked(written(["a"], [1]), lambda _, part: part, **{"x.bin": b"0" * 30_000_000})
    assert len(bomb) < 100_000
    assert "不自然に圧縮" in refusal(bomb)


def test_many_parts_that_grow_together_are_refused_though_each_is_fine() -> None:
    parts = {f"x{n}.bin": bytes(range(256)) * 3000 for n in range(20)}
    data = repacked(written(["a"], [1]), lambda _, part: part, **parts)
    assert "不自然に圧縮" in refusal(data, unpacked=10_000_000)
    assert read(data).rows


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = repacked(written(["a"], [1]), lambda _, part: part, **{"x.bin": b"0" * 3_000_000})
    lying = data.replace((3_000_000).to_bytes(4, "little"), (3000).to_bytes(4, "little"))
    assert lying != data
    assert "XLSX" in refusal(lying)


def test_an_archive_with_too_many_parts_is_refused() -> None:
    parts = {f"x{n}": b"" for n in range(2001)}
    assert "不自然に圧縮" in refusal(repacked(written(["a"]), lambda _, part: part, **parts))


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_in_every_part_and_encoding(part: str, encoding: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        return (ENTITIES + content).decode().encode(encoding) if name == part else content

    assert "XMLの実体宣言" in refusal(repacked(written(["a"], [1]), change))


def test_the_parser_itself_refuses_entities_too() -> None:
    import openpyxl
    from defusedxml.common import EntitiesForbidden
    from openpyxl.xml.functions import fromstring, iterparse

    assert openpyxl.DEFUSEDXML
    document = ENTITIES + b"<x>&c;</x>"
    with pytest.raises(EntitiesForbidden):
        fromstring(document)
    with pytest.raises(EntitiesForbidden):
        list(iterparse(io.BytesIO(document)))


def test_rows_and_columns_far_away_are_refused_quickly() -> None:
    far = written(["a"], [1], change=lambda sheet: sheet.cell(2, 16_384, "x"))
    assert "列の数が上限（500）" in refusal(far)
    below = written(["a"], [1], change=lambda sheet: sheet.cell(1_048_576, 1, "x"))
    assert "不自然に圧縮" in refusal(below, rows=1000)


def test_a_long_text_that_is_said_many_times_is_refused_before_it_is_written_out() -> None:
    data = written(["a"], *[["x" * 30_000]] * 20)
    assert len(data) < 20_000
    assert "文字の数が上限（100,000）" in refusal(data, text=100_000)
    assert len(read(data).rows) == 20


@pytest.mark.parametrize("part", [b"<f ", b"</f>" + b" " * 1000, b"</f><v>", b"</f></c>"])
def test_looking_for_formulas_takes_no_longer_than_the_sheet_is_long(part: bytes) -> None:
    change = in_sheet(b"<sheetData>", part * (1_000_000 // len(part)) + b"<sheetData>")
    begun = time.process_time()
    with pytest.raises(GridError):
        read(repacked(written(["a"], [1]), change))
    assert time.process_time() - begun < 5


def test_a_sheet_that_lies_about_its_dimension_is_read_as_it_is() -> None:
    change = in_sheet(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"')
    data = repacked(written(["a"], [1]), change)
    assert cells(data) == [("1",)]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, written(["a"], [1])[:-40]]
)
def test_a_broken_archive_is_refused(data: bytes) -> None:
    assert "XLSXファイルとして読めません" in refusal(data)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("hello.txt", "x")
    assert "XLSXファイルとして読めません" in refusal(output.getvalue())

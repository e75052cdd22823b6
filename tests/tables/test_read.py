"""CSV and TSV as offices write them: encodings, delimiters, quotes, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from publish.errors import GridError
from publish.i18n import LANGUAGES
from publish.tables.grid import Limits
from publish.tables.read import read_text_table

TABLE = "コード,名称\r\n012025,函館市\r\n012033,小樽市\r\n"
ROWS = [("012025", "函館市"), ("012033", "小樽市")]


def read(data: bytes, **limits: Any) -> list[tuple[str, ...]]:
    grid = read_text_table(data, "a.csv", Limits(**limits))
    return [row.cells for row in grid.rows]


def refusal(data: bytes, encoding: str | None = None, **limits: Any) -> GridError:
    with pytest.raises(GridError) as raised:
        read_text_table(data, "a.csv", Limits(**limits), encoding)
    for problem in raised.value.problems:
        assert all(problem.said(language) for language in LANGUAGES)
    return raised.value


def lines_of(error: GridError) -> list[int | None]:
    return [problem.place.line for problem in error.problems if problem.place]


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (TABLE.encode(), "CSV、UTF-8"),
        (TABLE.encode("utf-8-sig"), "CSV、UTF-8（BOM付き）"),
        (TABLE.encode("cp932"), "CSV、Shift_JIS"),
        (TABLE.encode("utf-16"), "CSV、UTF-16（BOM付き）"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "CSV、UTF-16（BOM付き）"),
        (TABLE.replace(",", "\t").encode(), "TSV、UTF-8"),
        (TABLE.replace(",", ";").encode(), "CSV（セミコロン区切り）、UTF-8"),
        (TABLE.replace("\r\n", "\n").encode(), "CSV、UTF-8"),
        (TABLE.replace("\r\n", "\r").encode(), "CSV、UTF-8"),
        (TABLE.rstrip().encode(), "CSV、UTF-8"),
    ],
)
def test_every_encoding_and_delimiter_gives_the_same_rows_and_is_named(
    data: bytes, label: str
) -> None:
    grid = read_text_table(data, "a.csv", Limits())
    assert grid.headings == ("コード", "名称")
    assert [row.cells for row in grid.rows] == ROWS
    assert grid.form.label.ja == label


def test_what_windows_adds_to_shift_jis_is_read() -> None:
    assert read("名,値\n髙﨑①,～\n".encode("cp932")) == [("髙﨑①", "～")]


def test_half_width_kana_in_shift_jis_are_no_euc() -> None:
    assert read("名,カナ\n函館市,ﾊｺﾀﾞﾃｼ\n".encode("cp932")) == [("函館市", "ﾊｺﾀﾞﾃｼ")]


def test_euc_jp_is_told_from_shift_jis_and_refused() -> None:
    error = refusal(TABLE.encode("euc_jp"))
    assert "EUC-JP" in str(error)


def test_iso_2022_jp_is_refused_where_its_escape_stands() -> None:
    assert lines_of(refusal(b"a,b\n" + "函館,小樽\n".encode("iso2022_jp"))) == [2]


def test_a_byte_of_no_encoding_is_named_with_its_line() -> None:
    error = refusal(TABLE.encode() + b"\xff\xff,x\r\n")
    assert lines_of(error) == [4]
    assert "UTF-8としては4行目、Shift_JISとしては" in str(error)


def test_a_file_with_mixed_encodings_is_refused() -> None:
    assert lines_of(refusal(TABLE.encode() + "札幌市,\x80".encode("cp932") + b"\x81\n")) == [4]


def test_a_chosen_encoding_is_taken_strictly() -> None:
    assert lines_of(refusal(TABLE.encode("cp932"), "utf-8")) == [1]
    chosen = read_text_table(TABLE.encode("cp932"), "a.csv", Limits(), "shift_jis")
    assert [row.cells for row in chosen.rows] == ROWS


def test_lines_inside_quotes_belong_to_a_cell_and_rows_keep_their_lines() -> None:
    grid = read_text_table(b'a,b\n"1\n2","say ""x"", y"\n3,4\n', "a.csv", Limits())
    assert [(row.number, row.line, row.cells) for row in grid.rows] == [
        (2, 2, ("1\n2", 'say "x", y')),
        (3, 4, ("3", "4")),
    ]


def test_rows_of_another_length_are_all_named_with_their_lines() -> None:
    error = refusal(b"a,b\n1,2\n1\n1,2,3\n")
    assert lines_of(error) == [3, 4]
    assert "セルの数が1で、見出しの数（2）" in str(error.problems[0].what)


def test_no_more_than_twenty_rows_are_complained_of() -> None:
    assert len(refusal(b"a,b\n" + b"1\n" * 1000).problems) == 20


def test_rows_without_values_are_left_out_and_counted() -> None:
    grid = read_text_table(b"\n\na,b\n1,2\n\n,\n3,4\n\n", "a.csv", Limits())
    assert [(row.number, row.cells) for row in grid.rows] == [(4, ("1", "2")), (7, ("3", "4"))]
    assert [note.en for note in grid.notes] == ["Rows without any value were left out: 2."]
    assert grid.has_blanks


def test_headings_that_are_empty_or_repeated_are_kept_and_told() -> None:
    grid = read_text_table("名, 名 ,\n1,2,3\n".encode(), "a.csv", Limits())
    assert grid.headings == ("名", "名", "")
    assert [note.ja for note in grid.notes] == [
        "見出しのない列があります（3列目）。",
        "見出し「名」の列が2列あります。最初の列を使います。",
    ]
    assert (grid.column(" 名"), grid.column("無")) == (0, None)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n", b"a,b\n", b"a,b\n,\n"])
def test_a_table_without_headings_or_rows_is_refused(data: bytes) -> None:
    assert refusal(data)


@pytest.mark.parametrize("data", [b'a,b\n1,"2\n', b'a,b\n"1"2,3\n'])
def test_quotes_that_do_not_come_in_pairs_are_refused_with_their_line(data: bytes) -> None:
    assert lines_of(refusal(data)) == [2]


def test_a_cell_of_ten_megabytes_is_refused_with_its_place() -> None:
    assert lines_of(refusal(b"a,b\n1,2\n3," + b"x" * 10_000_000 + b"\n")) == [3]
    quoted = b'a,b\n1,"' + b"x\n" * 5_000_000 + b'"\n'
    assert lines_of(refusal(quoted)) == [2]


def test_a_cell_just_over_the_limit_is_refused_with_row_and_column() -> None:
    error = refusal(b"a,b\n1," + b"x" * 32_768 + b"\n")
    assert "2列目のセルが長すぎます（32,768文字" in str(error)
    assert read(b"a,b\n1," + b"x" * 32_767 + b"\n") == [("1", "x" * 32_767)]


def test_rows_and_columns_are_bounded() -> None:
    assert lines_of(refusal(b"a\n" + b"1\n" * 11, rows=10)) == [12]
    assert lines_of(refusal(b"a" + b",a" * 10 + b"\n1\n", columns=10)) == [1]


def test_a_heading_of_hundreds_of_characters_is_refused() -> None:
    assert lines_of(refusal(b"a," + b"x" * 301 + b"\n1,2\n")) == [1]


def test_bytes_that_are_no_text_are_refused() -> None:
    assert lines_of(refusal(b"a,b\n1,\x00\n")) == [2]

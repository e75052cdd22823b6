"""CSV and TSV as offices write them: encodings, delimiters, quotes, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from publish.errors import GridError
from publish.i18n import LANGUAGES
from publish.tables.grid import Grid, Limits
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
    assert [note.en for note in grid.notes] == [
        "Rows without any value were left out, also of what is handed back: 5 (lines 1, 2, 5, 6, 8)."
    ]
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


# -- What offices and Excel leave in tables ----------------------------------------------------


def grid_of(text: str) -> Grid:
    return read_text_table(text.encode(), "a.csv", Limits())


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize(
    "blank",
    [["", ""], [], [" ", "　"], ['""', '""'], ["\u00a0", "\u200b"], ['" "', ""], ["", "", ""]],
)
def test_rows_without_values_are_left_out_with_one_note_in_every_form(
    mark: str, blank: list[str]
) -> None:
    row, table = mark.join(blank) + "\r\n", TABLE.replace(",", mark).splitlines(keepends=True)
    grid = grid_of(table[0] + row + table[1] + row * 3 + table[2] + row * 4)
    assert [(one.line, one.cells) for one in grid.rows] == [(3, ROWS[0]), (7, ROWS[1])]
    (note,) = grid.notes
    assert (
        note.ja == "値のない行を8行、飛ばしました（2、4、5、6、8行目ほか）。返す表にも入りません。"
    )


def test_errors_below_rows_without_values_have_the_line_where_they_stand() -> None:
    assert lines_of(refusal("a,b\n,,,\n1,2\n\n　,\n1,2,3\n".encode())) == [6]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("sep=,", ","),
        ("sep=;", ";"),
        ("SEP=\t", "\t"),
        ("sep=|", "|"),
        (r"sep=\t", "\t"),
        ("sep=^", "^"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_for_excel_is_followed_and_told(line: str, mark: str, end: str) -> None:
    grid = grid_of(line + end + TABLE.replace(",", mark).replace("\r\n", end))
    assert grid.headings == ("コード", "名称")
    assert [(row.number, row.line, row.cells) for row in grid.rows] == [
        (3, 3, ROWS[0]),
        (4, 4, ROWS[1]),
    ]
    assert [note.ja for note in grid.notes] == [
        "1行目の「sep=」は、区切り文字の指定として読みました。返す表には入りません。"
    ]
    assert grid.has_separator_line


@pytest.mark.parametrize("line", ["sep=", '"sep=,"', "sep=,,,"])
def test_a_line_for_excel_that_was_saved_again_is_told_too(line: str) -> None:
    grid = grid_of(f"{line}\n{TABLE}")
    assert [row.cells for row in grid.rows] == ROWS
    assert grid.has_separator_line


@pytest.mark.parametrize(
    ("above", "line"),
    [("霞県の避難所\n", 2), ("霞県の避難所,,,\n", 2), ("霞県の避難所,,,\n,,,\n令和6年4月1日現在\n", 4),
     ('"霞県の避難所（一覧）",,,\n\n', 3), ("霞県の避難所,,,令和6年\n", 2)],
)  # fmt: skip
def test_titles_above_the_headings_are_named_with_where_these_are(above: str, line: int) -> None:
    table = above + "コード,名称,住所,備考\n012025,函館市,函館市1,x\n"
    (problem,) = refusal(table.encode()).problems
    assert "霞県の避難所" in problem.what.ja
    assert f"見出しは{line}行目のよう" in problem.what.ja
    assert problem.remedy.ja == "見出しより上の行を削除してください。"


@pytest.mark.parametrize(
    "table",
    [
        "名称,,\n霞市,1,2\n",
        "品目,量\n名称,1\n",
        "一覧\n名称\n番号\n",
        "項目名,英語名\n名称,name\n",
        "a\nb\n",
    ],
)
def test_a_table_whose_first_row_may_be_headings_is_read_with_them(table: str) -> None:
    assert grid_of(table).rows[0].number == 2


@pytest.mark.parametrize(
    "again",
    ["コード,名称", "code,name", "ｺｰﾄﾞ,名称", " コード , 名称 ", "市区町村コード,市区町村名"],
)
def test_a_second_row_of_headings_is_told_and_stays_a_row(again: str) -> None:
    grid = grid_of(f"コード,名称\n{again}\n012025,函館市\n")
    assert len(grid.rows) == 2
    (note,) = grid.notes
    assert note.ja.startswith("2行目は、見出しの繰返しか")


def test_headings_that_come_again_far_below_are_told_with_their_lines() -> None:
    page = "コード,名称\n" + "012025,函館市\n" * 20
    (note,) = grid_of(page * 3).notes
    assert note.ja.startswith("22、43行目は、見出しの繰返しか")
    assert note.en.startswith(
        "This seems to be the headings again, or in other words: lines 22, 43."
    )


@pytest.mark.parametrize(
    ("cell", "said"),
    [("#REF!", "値ではありません"), ("####", "列の幅"), ("外\ue000", "U+E000"), ("は\u3099し", "正規化形式C"),
     ("譌･譛ｬ", "元は「日本」か"), ("山\ufffd", "U+FFFD"), ("霞\u200b市", "U+200B")],
)  # fmt: skip
def test_dirt_in_cells_is_told_and_handed_back(cell: str, said: str) -> None:
    rows = "".join(f"01202{n},{cell}\n" for n in range(9))
    grid = grid_of("コード,名称\n012033,小樽市　\n" + rows)
    assert {row.cells[1] for row in grid.rows} == {cell, "小樽市　"}
    (note,) = grid.notes
    assert note.ja.startswith("3行目「名称」：")
    assert said in note.ja
    assert "ほかに8か所：4、5、6、7、8行目ほか" in note.ja


def test_no_more_kinds_of_dirt_are_told_than_somebody_reads() -> None:
    headings, cells = ",".join(f"列{n}" for n in range(90)), ",".join(["#REF!"] * 90)
    assert len(grid_of(f"{headings}\n{cells}\n").notes) == 20

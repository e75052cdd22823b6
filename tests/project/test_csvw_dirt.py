"""publish.project.csvw: rows that are none, and text that is dirt, in the project's tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import Problem, TableError
from publish.project.csvw import SourceTable, metadata_of, read_table, statements_of
from tests.support.projects import IRIS, edit, write_project

HEADER = "code,name_ja,name_kana,name_en,wikidata\n"
KASUMI = "992011,霞市,カスミシ,Kasumi,Q900001\n"
HAMA = "992020,浜町,ハママチ,Hama,\n"


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    towns = write_project(tmp_path / "kasumi") / "data" / "towns.csv"
    edit(
        metadata_of(towns),
        '{"name": "name_ja", ',
        '{"name": "name_ja", "titles": {"ja": ["名称", "市町名"], "en": "Name"}, ',
    )
    return towns


def read(towns: Path, content: str) -> SourceTable:
    towns.write_text(content, "utf-8")
    return read_table(towns, towns.parents[1])


def refused(towns: Path, content: str) -> tuple[Problem, ...]:
    with pytest.raises(TableError) as caught:
        read(towns, content)
    return caught.value.problems


def literals(table: SourceTable) -> set[str]:
    return {s.triple[2].value for s in statements_of(table, IRIS)}


# -- Rows without values -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "blank",
    [",,,,", "", ",", ",,,,,,,", " , ,\t,,", "　,　,　,　,　", '"","","","",""', '" ",,"　",,',
     "\u00a0,,,,\u200b", "\t"],
)  # fmt: skip
def test_rows_without_values_are_left_out_with_one_note_wherever_they_stand(
    towns: Path, blank: str
) -> None:
    plain = read(towns, HEADER + KASUMI + HAMA)
    row = blank + "\n"
    table = read(towns, HEADER + row + KASUMI + row * 2 + HAMA + row * 9)
    assert [dict(cells) for _, cells in table.rows] == [dict(cells) for _, cells in plain.rows]
    assert [line for line, _ in table.rows] == [3, 6]
    (note,) = table.notes
    assert note.what.ja == "値のない行を12行、飛ばしました（2、4、5、7、8行目ほか）。"
    assert note.what.en.startswith("Rows without any value were left out: 12 (lines 2, 4, 5, 7, 8")
    assert str(note.place) == "data/towns.csv:2"
    assert literals(table) == literals(plain)


def test_blank_rows_above_the_headings_are_left_out_too(towns: Path) -> None:
    table = read(towns, "\n,,,,\n" + HEADER + KASUMI)
    assert [line for line, _ in table.rows] == [4]
    assert len(table.notes) == 1


def test_errors_below_rows_without_values_have_the_line_where_they_stand(towns: Path) -> None:
    lines = [",,,,\n", KASUMI, '"","","","",""\n', "99202,浜町,ハママチ,Hama,\n", ",,,,\n", KASUMI]
    form, key = refused(towns, HEADER + "".join(lines))
    assert [str(one.place) for one in (form, key)] == [
        "data/towns.csv:5:code",
        "data/towns.csv:7:code",
    ]
    assert "3行目と重複" in key.what.ja


# -- What stands in the place of headings or rows ----------------------------------------------


@pytest.mark.parametrize("line", ["sep=,", '"sep=,"', "sep=;", "SEP=\t", "sep=,,,,", "sep="])
def test_a_line_for_excel_is_named_alone(towns: Path, line: str) -> None:
    (problem,) = refused(towns, f"{line}\n" + HEADER + KASUMI)
    assert "「sep=」の行は区切り文字をExcelに伝えるもの" in problem.what.ja
    assert "この行を削除" in problem.remedy.ja
    assert str(problem.place) == "data/towns.csv:1"


@pytest.mark.parametrize(
    ("above", "line"),
    [("霞県の市町\n", 2), ("霞県の市町,,,,\n", 2), ("霞県の市町,,,,\n令和6年4月1日現在,,,,\n", 3),
     ("霞県,（単位：人）\n", 2), ("市町一覧,,,,\n,,,,\n\n", 4), ("#霞県,,,,\n", 2)],
)  # fmt: skip
def test_titles_above_the_headings_are_named_with_where_the_headings_are(
    towns: Path, above: str, line: int
) -> None:
    (problem,) = refused(towns, above + HEADER + KASUMI)
    assert f"見出しは{line}行目のようです" in problem.what.ja
    assert "見出しより上の行を削除" in problem.remedy.ja


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_table_with_other_delimiters_is_told_so(towns: Path, mark: str) -> None:
    (problem,) = refused(towns, (HEADER + KASUMI).replace(",", mark))
    assert ("タブ" if mark == "\t" else mark) in problem.what.ja


@pytest.mark.parametrize(
    "again",
    [HEADER, "code,名称,name_kana,name_en,wikidata\n", "Code,市町名,name_kana,Name_EN,\n",
     "code,Name,name kana,name en,Wikidata\n", " CODE,name_ja,ｎａｍｅ＿ｋａｎａ,,\n"],
)  # fmt: skip
def test_a_row_that_says_the_headings_again_is_named_alone_wherever_it_stands(
    towns: Path, again: str
) -> None:
    for content, line in ((again + KASUMI, 2), (KASUMI + ",,,,\n" + again + HAMA, 4)):
        (problem,) = refused(towns, HEADER + content)
        assert "見出しを繰り返した行" in problem.what.ja
        assert "この行を削除" in problem.remedy.ja
        assert str(problem.place) == f"data/towns.csv:{line}"


# -- Text that is dirt -------------------------------------------------------------------------


@pytest.mark.parametrize("around", [" ", "　", "\n", "\t", "\u00a0", "\u200b", "\ufeff"])
def test_white_space_around_cells_and_headings_is_left_out_with_a_note(
    towns: Path, around: str
) -> None:
    plain = read(towns, HEADER + KASUMI + HAMA)
    content = HEADER.replace("name_ja", f'"{around}name_ja{around}"') + (KASUMI + HAMA).replace(
        "霞市", f'"{around}霞市{around}"'
    ).replace("992020", f'"992020{around}"')
    table = read(towns, content)
    assert literals(table) == literals(plain)
    name, code = table.notes
    assert f"U+{ord(around):04X}" in name.what.ja
    assert name.remedy.ja == "除いて読みました。元の表からも取り除いてください。"
    assert name.place and code.place
    assert (name.place.column, code.place.column) == ("name_ja", "code")


def test_a_required_cell_of_white_space_alone_is_missing(towns: Path) -> None:
    (problem,) = refused(towns, HEADER + KASUMI.replace("霞市", "　"))
    assert problem.what.en == "The value is missing (required column)."


@pytest.mark.parametrize(
    "error", ["#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!", "####", "Err:502"]
)
@pytest.mark.parametrize("column", ["霞市", "992011"])
def test_an_error_of_a_spreadsheet_is_refused_with_its_place(
    towns: Path, error: str, column: str
) -> None:
    problems = refused(towns, HEADER + KASUMI.replace(column, error))
    assert "値ではありません" in problems[0].what.ja
    name = "name_ja" if column == "霞市" else "code"
    assert str(problems[0].place) == f"data/towns.csv:2:{name}"
    assert len(problems) == 1


def test_what_a_column_takes_for_no_value_is_no_error(towns: Path) -> None:
    edit(metadata_of(towns), '"name": "wikidata",', '"name": "wikidata", "null": ["", "#N/A"],')
    assert read(towns, HEADER + KASUMI.replace("Q900001", "#N/A")).notes == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [("は\u3099し", "正規化形式C"), ("葛\ue000", "U+E000"), ("山\ufffd", "U+FFFD"), ("\U000f0001町", "U+F0001"),
     ("譌･譛ｬ", "元は「日本」か"), ("æ—¥æœ¬", "元は「日本」か"), ("霞\u200b市", "U+200B"), ("A&amp;B", "&amp;")],
)  # fmt: skip
def test_other_dirt_is_noted_with_its_place_and_stays_as_it_is(
    towns: Path, name: str, said: str
) -> None:
    table = read(towns, HEADER + HAMA + KASUMI.replace("霞市", name))
    (note,) = table.notes
    assert said in note.text.ja
    assert str(note.place) == "data/towns.csv:3:name_ja"
    assert name in literals(table)


def test_a_code_with_something_invisible_is_refused_for_that(towns: Path) -> None:
    (problem,) = refused(towns, HEADER + KASUMI.replace("992011", "992\u200b011"))
    assert "見えない文字（U+200B）" in problem.what.ja


def test_the_same_dirt_in_many_rows_of_a_column_is_one_note(towns: Path) -> None:
    rows = "".join(f"9921{n:02},町{n}　,カナ,Town,\n" for n in range(50))
    (note,) = read(towns, HEADER + rows).notes
    assert "ほかに49か所：3、4、5、6、7行目ほか" in note.what.ja

"""publish.project.csvw: CSVW metadata, and what is refused of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from publish.errors import Place, TableError
from publish.project.csvw import Column, Schema, read_schema

FILE = "towns.csv-metadata.json"
CODE: dict[str, Any] = {
    "name": "code",
    "required": True,
    "datatype": {"base": "string", "format": "[0-9]{6}"},
    "propertyUrl": "dcterms:identifier",
}
NAME: dict[str, Any] = {"name": "name_ja", "lang": "ja", "propertyUrl": "skos:prefLabel"}
TYPE: dict[str, Any] = {
    "name": "type",
    "virtual": True,
    "propertyUrl": "rdf:type",
    "valueUrl": "ontology#Town",
}


def _described(*columns: dict[str, Any], **schema: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "towns.csv",
        "sd:name": {"@id": "graph/reference"},
        "tableSchema": {"aboutUrl": "id/town/{code}", "columns": list(columns), **schema},
    }


def _read(tmp_path: Path, described: dict[str, Any] | str) -> Schema:
    text = described if isinstance(described, str) else json.dumps(described, indent=1)
    (tmp_path / FILE).write_text(text, "utf-8")
    return read_schema(tmp_path / FILE, tmp_path)


def _refused(tmp_path: Path, described: dict[str, Any] | str) -> TableError:
    with pytest.raises(TableError) as caught:
        _read(tmp_path, described)
    return caught.value


def _column(tmp_path: Path, column: dict[str, Any]) -> Column:
    return _read(tmp_path, _described(CODE, NAME | column)).columns[1]


def test_columns_come_in_their_order_with_those_of_the_file_first(tmp_path: Path) -> None:
    schema = _read(tmp_path, _described(CODE, NAME, TYPE, primaryKey="code"))
    assert [column.name for column in schema.columns] == ["code", "name_ja", "type"]
    assert schema.names == ["code", "name_ja"]
    assert schema.key == ("code",)


def test_a_column_inherits_graph_and_subject_from_its_table(tmp_path: Path) -> None:
    column = _column(tmp_path, {})
    assert column.graph == "reference"
    assert column.about.uri == "id/town/{code}"


def test_a_column_can_have_a_graph_of_its_own(tmp_path: Path) -> None:
    assert _column(tmp_path, {"sd:name": {"@id": "graph/links"}}).graph == "links"


def test_a_language_tag_is_lower_case_like_the_engine_writes_it(tmp_path: Path) -> None:
    assert _column(tmp_path, {"lang": "ja-Hrkt"}).language == "ja-hrkt"


def test_a_column_inherits_its_language(tmp_path: Path) -> None:
    described = _described({key: NAME[key] for key in ("name", "propertyUrl")}, CODE, lang="ja")
    assert _read(tmp_path, described).columns[0].language == "ja"


def test_the_metadatas_own_language_is_not_that_of_the_cells(tmp_path: Path) -> None:
    described = _described(CODE)
    described["@context"] = ["http://www.w3.org/ns/csvw", {"@language": "ja"}]
    assert _read(tmp_path, described).columns[0].language is None


def test_a_table_or_a_column_can_be_kept_back(tmp_path: Path) -> None:
    described = _described({"name": "code"}, {"name": "name_ja"})
    assert not any(c.published for c in _read(tmp_path, described | SUPPRESSED).columns)
    assert not _column(tmp_path, SUPPRESSED).published


SUPPRESSED = {"suppressOutput": True}


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        (
            {"base": "string", "format": "[0-9]{6}"},
            ["992011"],
            ["99201", "９９２０１１", "992011x"],
        ),
        ("integer", ["3", "-1", "0"], ["３", "3.0", "1,000", "1_000", " 3", "五"]),
        ("nonNegativeInteger", ["0", "12"], ["-1", "１"]),
        ("decimal", ["43.06417", "-1", ".5"], ["４３.1", "1e3", "43,1", "5%", "NaN", "北緯43度"]),
        ({"base": "decimal", "minimum": "41", "maximum": "46"}, ["41", "45.9"], ["40.9", "46.1"]),
        ("boolean", ["true", "0"], ["はい", "TRUE"]),
        ("date", ["2031-04-01"], ["2031/4/1", "2031-02-30", "R13.4.1", "2031"]),
        ("dateTime", ["2031-04-01T09:00:00+09:00"], ["2031-04-01", "2031-04-01 09:00"]),
        ("gYear", ["2031"], ["31", "２０３１"]),
        ("gYearMonth", ["2030-08"], ["2030-8", "2030-13", "R12.8"]),
        ("anyURI", ["https://www.example.jp/"], ["https://www.example.jp/a b"]),
    ],
)
def test_a_cell_has_the_form_that_xml_schema_gives_its_datatype(
    tmp_path: Path, datatype: Any, good: list[str], bad: list[str]
) -> None:
    column = _column(tmp_path, {"datatype": datatype})
    assert [cell for cell in good if not column.accepts(cell)] == []
    assert [cell for cell in bad if column.accepts(cell)] == []


def test_the_form_of_a_column_is_said_by_its_pattern_or_its_datatype(tmp_path: Path) -> None:
    schema = _read(tmp_path, _described(CODE, NAME | {"datatype": "gYear"}))
    assert [column.form for column in schema.columns] == ["[0-9]{6}", "gYear"]


@pytest.mark.parametrize(
    ("column", "ja", "en"),
    [
        ({"propertyUrl": None}, "propertyUrl がありません", "it has no propertyUrl"),
        ({"separator": ";"}, "separator は使えません", "separator cannot be used"),
        ({"datatype": "number"}, "datatype「number", 'datatype "number'),
        (
            {"datatype": {"base": "date", "format": "dd/MM/yyyy"}},
            "datatype「date dd/MM/yyyy」は使えません",
            'datatype "date dd/MM/yyyy" cannot be used',
        ),
        (
            {"valueUrl": "id/town/{kode}"},
            "「id/town/{kode}」の「kode」という列はありません",
            '"id/town/{kode}" names a column "kode" that does not exist',
        ),
        ({"virtual": True}, "valueUrl がありません", "it has no valueUrl"),
    ],
)
def test_a_description_that_cannot_be_followed_is_refused_with_its_line(
    tmp_path: Path, column: dict[str, Any], ja: str, en: str
) -> None:
    described = _described(CODE, NAME | column)
    (problem,) = _refused(tmp_path, described).problems
    assert problem.what.ja.startswith(f"列「name_ja」の説明に誤りがあります：{ja}")
    assert problem.what.en.startswith(f'The description of column "name_ja" is wrong: {en}')
    line = json.dumps(described, indent=1).partition('"name_ja"')[0].count("\n") + 1
    assert problem.place == Place(FILE, line)


@pytest.mark.parametrize(("member", "name"), [("sd:name", "sd:name"), ("tableSchema", "aboutUrl")])
def test_a_published_column_needs_graph_and_subject(tmp_path: Path, member: str, name: str) -> None:
    described = _described(CODE)
    if member == "tableSchema":
        del described["tableSchema"]["aboutUrl"]
    else:
        del described[member]
    (problem,) = _refused(tmp_path, described).problems
    assert f"it has no {name}" in problem.what.en


def test_a_column_without_a_name_is_refused(tmp_path: Path) -> None:
    (problem,) = _refused(tmp_path, _described(CODE, {"titles": "備考"} | SUPPRESSED)).problems
    assert "it has no name" in problem.what.en


def test_a_key_of_an_unknown_column_is_refused(tmp_path: Path) -> None:
    (problem,) = _refused(tmp_path, _described(CODE, primaryKey="kode")).problems
    assert problem.what.ja == "列「kode」の説明に誤りがあります：primaryKey の列がありません。"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"url": "towns.csv",\n "tableSchema": {"columns": [}\n}', 2),
        ("[]", 1),
        ('"towns.csv"', 1),
        ("{}", 1),
        ('{"url": "towns.csv", "tables": []}', 1),
        ('{"url": "towns.csv", "tableSchema": {"columns": [{"datatype": "strng"}]}}', 1),
        ('{"url": "t.csv", "tableSchema": {"columns": [{"datatype": {"format": "["}}]}}', 1),
        ('{"url": "towns.csv", "tableSchema": {"columns": [{"lang": "日本語"}]}}', 1),
    ],
)
def test_unreadable_metadata_are_refused(tmp_path: Path, text: str, line: int) -> None:
    (problem,) = _refused(tmp_path, text).problems
    assert problem.what.ja.startswith("CSVWメタデータが読めません（")
    assert problem.what.en.startswith("The CSVW metadata is unreadable (")
    assert problem.place == Place(FILE, line)


def test_missing_metadata_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read_schema(tmp_path / FILE, tmp_path)
    (problem,) = caught.value.problems
    assert problem.what.ja == "CSVWメタデータがありません。"
    assert problem.place == Place(FILE)


def test_metadata_in_shift_jis_are_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes('{"dc:title": "市町"}'.encode("cp932"))
    with pytest.raises(Exception, match="Shift_JIS"):
        read_schema(tmp_path / FILE, tmp_path)

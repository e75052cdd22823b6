"""publish.project.csvw: CSV files become statements, row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from publish.errors import Place, Problem, TableError
from publish.project.csvw import (
    Column,
    Schema,
    metadata_of,
    read_schema,
    read_table,
    statements_of,
    table_files,
)
from publish.project.turtle_files import Statement
from publish.rdf import namespaces as ns
from tests.support.projects import BASE, IRIS, KV, append, edit, write_project

HEADER = "code,name_ja,name_kana,name_en,wikidata\n"
KASUMI = "992011,霞市,カスミシ,Kasumi,Q900001\n"
HAMA = "992020,浜町,ハママチ,Hama,\n"
TOWN = BASE + "id/town/992011"


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi") / "data" / "towns.csv"


def _read(towns: Path, content: str) -> list[Statement]:
    towns.write_text(content, "utf-8")
    return list(statements_of(read_table(towns, towns.parents[1]), IRIS))


def _refused(towns: Path, content: str) -> tuple[Problem, ...]:
    with pytest.raises(TableError) as caught:
        _read(towns, content)
    return caught.value.problems


def _objects(statements: list[Statement], predicate: str) -> list[ox.NamedNode | ox.Literal]:
    return [s.triple[2] for s in statements if s.triple[1].value == predicate]


def test_a_row_makes_a_statement_for_each_filled_cell_and_virtual_column(towns: Path) -> None:
    statements = _read(towns, HEADER + KASUMI)
    assert {s.triple[0].value for s in statements if s.graph == "reference"} == {TOWN}
    assert _objects(statements, ns.DCTERMS + "identifier") == [ox.Literal("992011")]
    assert _objects(statements, ns.SKOS + "prefLabel") == [
        ox.Literal("霞市", language="ja"),
        ox.Literal("Kasumi", language="en"),
    ]
    assert _objects(statements, ns.SKOS + "altLabel") == [
        ox.Literal("カスミシ", language="ja-hrkt")
    ]
    assert _objects(statements, ns.RDF + "type") == [ox.NamedNode(KV + "Town")]


def test_a_heading_may_be_a_title_of_its_column(towns: Path) -> None:
    edit(
        metadata_of(towns),
        '{"name": "name_ja", ',
        '{"name": "name_ja", "titles": ["名称", "市町名"], ',
    )
    plain = {s.triple for s in _read(towns, HEADER + KASUMI)}
    for title in ("名称", "市町名"):
        header = HEADER.replace("name_ja", title)
        statements = _read(towns, header + KASUMI)
        assert {s.triple for s in statements} == plain
    name = next(s for s in statements if s.triple[2] == ox.Literal("霞市", language="ja"))
    assert name.origin.column == "市町名"
    (problem,) = _refused(towns, header + KASUMI.replace("霞市", ""))
    assert str(problem.place) == "data/towns.csv:2:市町名"
    (missing, unknown) = _refused(towns, HEADER.replace("name_ja", "町名") + KASUMI)
    assert missing.what.ja == "列「name_ja / 名称 / 市町名」がありません。"
    assert unknown.what.en == 'Column "町名" is not described.'


def test_a_column_can_state_in_another_graph_and_of_another_thing(towns: Path) -> None:
    links = [s.triple for s in _read(towns, HEADER + KASUMI) if s.graph == "links"]
    entity = ox.NamedNode("http://www.wikidata.org/entity/Q900001")
    assert links == [
        (ox.NamedNode(TOWN), ox.NamedNode(ns.SKOS + "exactMatch"), entity),
        (
            entity,
            ox.NamedNode(ns.VOID + "inDataset"),
            ox.NamedNode(BASE + "id/linkset/wikidata"),
        ),
    ]


def test_an_empty_cell_states_nothing_and_neither_does_what_needs_it(towns: Path) -> None:
    assert [s for s in _read(towns, HEADER + HAMA) if s.graph == "links"] == []


def test_a_cell_with_a_datatype_becomes_a_typed_literal_as_it_stands(towns: Path) -> None:
    metadata = metadata_of(towns)
    edit(metadata, '"lang": "ja-hrkt", "propertyUrl"', '"datatype": "decimal", "propertyUrl"')
    statements = _read(towns, HEADER + "992011,霞市,043.50,Kasumi,\n")
    assert _objects(statements, ns.SKOS + "altLabel") == [
        ox.Literal("043.50", datatype=ox.NamedNode(ns.XSD + "decimal"))
    ]


def test_a_statement_knows_row_and_column(towns: Path) -> None:
    statements = _read(towns, HEADER + HAMA + KASUMI)
    (name,) = [s for s in statements if s.triple[2] == ox.Literal("霞市", language="ja")]
    place = name.origin.place(towns.parents[1], name.triple, BASE)
    assert place == Place("data/towns.csv", 3, "name_ja")


def test_rows_are_counted_by_lines_also_after_a_cell_of_two_lines(towns: Path) -> None:
    content = HEADER + '992011,"霞\n市",カスミシ,Kasumi,\n' + HAMA
    assert [line for line, _ in _table_rows(towns, content)] == [2, 4]


def _table_rows(towns: Path, content: str) -> tuple[tuple[int, dict[str, str]], ...]:
    towns.write_text(content, "utf-8")
    return read_table(towns, towns.parents[1]).rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_that_excel_saved_as_utf_8_is_read(
    towns: Path, encoding: str, newline: str
) -> None:
    towns.write_bytes((HEADER + KASUMI).replace("\n", newline).encode(encoding))
    ((line, row),) = read_table(towns, towns.parents[1]).rows
    assert (line, row["code"], row["wikidata"]) == (2, "992011", "Q900001")


def test_columns_may_stand_in_another_order(towns: Path) -> None:
    content = "name_ja,code,wikidata,name_en,name_kana\n霞市,992011,,Kasumi,カスミシ\n"
    assert _table_rows(towns, content)[0][1]["code"] == "992011"


def test_a_table_without_rows_states_nothing(towns: Path) -> None:
    assert _read(towns, HEADER) == []


def test_a_missing_column_is_named_with_file_and_line(towns: Path) -> None:
    (problem,) = _refused(towns, "code,name_ja,name_en,wikidata\n992011,霞市,Kasumi,\n")
    assert problem.what.ja == "列「name_kana」がありません。"
    assert problem.what.en == 'Column "name_kana" is missing.'
    assert "data/towns.csv-metadata.json" in problem.remedy.ja
    assert problem.place == Place("data/towns.csv", 1)


def test_a_column_that_nobody_described_is_refused(towns: Path) -> None:
    (problem,) = _refused(towns, HEADER.replace("\n", ",備考\n") + KASUMI.replace("\n", ",\n"))
    assert problem.what.ja == "列「備考」は説明にない列です。"
    assert problem.place == Place("data/towns.csv", 1)


def test_a_column_that_stands_twice_is_refused_once(towns: Path) -> None:
    (problem,) = _refused(towns, HEADER.replace("\n", ",code\n") + KASUMI.replace("\n", ",1\n"))
    assert problem.what.ja == "列「code」が重複しています。"


def test_an_empty_file_lacks_every_column(towns: Path) -> None:
    assert len(_refused(towns, "")) == 5


@pytest.mark.parametrize(
    ("row", "found"), [("992011,霞市,カスミシ,Kasumi\n", 4), ("992011,霞,市,a,b,c\n", 6)]
)
def test_a_row_with_too_few_or_too_many_cells_is_refused(towns: Path, row: str, found: int) -> None:
    (problem,) = _refused(towns, HEADER + HAMA + row)
    assert problem.what.ja == f"列の数が{found}で、見出しの5と合いません。"
    assert problem.place == Place("data/towns.csv", 3)


def test_an_open_quote_is_refused_with_the_line_where_its_row_begins(towns: Path) -> None:
    (problem,) = _refused(towns, HEADER + HAMA + '992011,"霞市,カスミシ,Kasumi,\n')
    assert problem.what.ja.startswith("CSVの書き方に誤りがあります（")
    assert problem.place == Place("data/towns.csv", 3)


def test_a_missing_value_is_refused_with_row_and_column(towns: Path) -> None:
    (problem,) = _refused(towns, HEADER + "992011,,カスミシ,Kasumi,\n")
    assert problem.what.en == "The value is missing (required column)."
    assert problem.place == Place("data/towns.csv", 2, "name_ja")


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("99201", "0の欠落なら、列を文字列にして「099201」"),
        ("９９２０１１", "半角で「992011」と書いてください"),
        ("９９201１", "半角で「992011」と書いてください"),
        ("992 011", "先頭の0の欠落や全角文字がないか"),
        ("9920111", "桁数と、"),
        ("992O11", "桁数と、"),
    ],
)
def test_a_code_of_the_wrong_form_is_refused_with_a_hint(towns: Path, code: str, hint: str) -> None:
    (problem,) = _refused(towns, HEADER + KASUMI.replace("992011", code))
    assert problem.what.ja == f"「{code}」は形式（[0-9]{{6}}）に合いません。"
    assert hint in problem.remedy.ja
    assert problem.place == Place("data/towns.csv", 2, "code")


def test_a_repeated_key_names_both_rows(towns: Path) -> None:
    (problem,) = _refused(towns, HEADER + KASUMI + HAMA + KASUMI)
    assert problem.what.ja == "キー「992011」が2行目と重複しています。"
    assert problem.what.en == 'Key "992011" repeats line 2.'
    assert problem.place == Place("data/towns.csv", 4, "code")


def test_all_problems_of_a_table_are_told_at_once(towns: Path) -> None:
    problems = _refused(towns, HEADER + KASUMI + KASUMI + "99,,カスミシ,Kasumi,\n")
    assert [problem.place for problem in problems] == [
        Place("data/towns.csv", 4, "code"),
        Place("data/towns.csv", 4, "name_ja"),
        Place("data/towns.csv", 3, "code"),
    ]


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("scos:altLabel", "scos:altLabel"),
        ("/altLabel", "/altLabel"),
        ("../altLabel", "../altLabel"),
        ("http://a b/", "http://a b/"),
    ],
)
def test_an_address_that_is_none_is_refused_with_its_cell(
    towns: Path, template: str, value: str
) -> None:
    edit(metadata_of(towns), '"skos:altLabel"', f'"{template}"')
    (problem,) = _refused(towns, HEADER + KASUMI)
    assert problem.what.ja == f"「{value}」はIRIになりません。"
    assert problem.place == Place("data/towns.csv", 2, "name_kana")


@pytest.mark.parametrize(
    ("template", "iri"),
    [
        ("skos:altLabel", "http://www.w3.org/2004/02/skos/core#altLabel"),
        ("ontology#reading", KV + "reading"),
        ("https://a.example/p", "https://a.example/p"),
        ("urn:x:p", "urn:x:p"),
    ],
)
def test_an_address_is_prefixed_relative_or_absolute(towns: Path, template: str, iri: str) -> None:
    edit(metadata_of(towns), '"skos:altLabel"', f'"{template}"')
    assert len(_objects(_read(towns, HEADER + KASUMI), iri)) == 1


def test_a_cell_in_a_template_is_escaped_but_for_its_letters(towns: Path) -> None:
    edit(metadata_of(towns), ', "format": "Q[0-9]+"', "")
    statements = _read(towns, HEADER + KASUMI.replace("Q900001", "霞 市/#"))
    assert _objects(statements, ns.SKOS + "exactMatch") == [
        ox.NamedNode("http://www.wikidata.org/entity/霞%20市%2F%23")
    ]


def test_tables_are_the_csv_files_that_have_metadata(towns: Path) -> None:
    (towns.parent / "notes.csv").write_text("覚え書き\n", "utf-8")
    assert [path.name for path in table_files(towns.parents[1])] == ["towns.csv", "withdrawn.csv"]


@pytest.mark.parametrize(
    ("id_", "iri"),
    [
        ("ontology#TownNumber", BASE + "ontology#TownNumber"),
        ("https://example.org/ns#Number", "https://example.org/ns#Number"),
        ("http://example.org/Number", "http://example.org/Number"),
        ("urn:x:number", "urn:x:number"),
        ("s5:Number", None),
        ("../Number", None),
    ],
)
def test_a_datatype_of_the_projects_own_is_named_by_its_iri(
    towns: Path, id_: str, iri: str | None
) -> None:
    edit(metadata_of(towns), '"format": "[0-9]{6}"', f'"format": "[0-9]{{6}}", "@id": "{id_}"')
    if iri is None:
        (problem,) = _refused(towns, HEADER + KASUMI)
        assert problem.place == Place("data/towns.csv", 2, "code") and id_ in problem.text.ja
    else:
        wanted = [ox.Literal("992011", datatype=ox.NamedNode(iri))]
        assert _objects(_read(towns, HEADER + KASUMI), ns.DCTERMS + "identifier") == wanted
        # its form is checked as that of any other column
        assert _refused(towns, HEADER + KASUMI.replace("992011", "99201"))


def test_a_column_kept_back_is_checked_but_not_published(towns: Path) -> None:
    edit(metadata_of(towns), '"lang": "ja-hrkt",', '"lang": "ja-hrkt", "suppressOutput": true,')
    assert _objects(_read(towns, HEADER + KASUMI), ns.SKOS + "altLabel") == []
    (problem,) = _refused(towns, HEADER + KASUMI.replace("カスミシ", ""))
    assert problem.place == Place("data/towns.csv", 2, "name_kana")


def test_a_row_can_be_added_to_the_file(towns: Path) -> None:
    append(towns, "992038,霧村,キリムラ,Kiri,\n")
    table = read_table(towns, towns.parents[1])
    assert [row["name_ja"] for _, row in table.rows] == ["霞市", "浜町", "霧村"]


# -- CSVW metadata, and what is refused of it -----------------------------------------------------

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


def _schema_of(tmp_path: Path, described: dict[str, Any] | str) -> Schema:
    text = described if isinstance(described, str) else json.dumps(described, indent=1)
    (tmp_path / FILE).write_text(text, "utf-8")
    return read_schema(tmp_path / FILE, tmp_path)


def _refused_schema(tmp_path: Path, described: dict[str, Any] | str) -> TableError:
    with pytest.raises(TableError) as caught:
        _schema_of(tmp_path, described)
    return caught.value


def _column(tmp_path: Path, column: dict[str, Any]) -> Column:
    return _schema_of(tmp_path, _described(CODE, NAME | column)).columns[1]


def test_columns_come_in_their_order_with_those_of_the_file_first(tmp_path: Path) -> None:
    schema = _schema_of(tmp_path, _described(CODE, NAME, TYPE, primaryKey="code"))
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
    assert _schema_of(tmp_path, described).columns[0].language == "ja"


def test_the_metadatas_own_language_is_not_that_of_the_cells(tmp_path: Path) -> None:
    described = _described(CODE)
    described["@context"] = ["http://www.w3.org/ns/csvw", {"@language": "ja"}]
    assert _schema_of(tmp_path, described).columns[0].language is None


def test_a_table_or_a_column_can_be_kept_back(tmp_path: Path) -> None:
    described = _described({"name": "code"}, {"name": "name_ja"})
    assert not any(c.published for c in _schema_of(tmp_path, described | SUPPRESSED).columns)
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
    schema = _schema_of(tmp_path, _described(CODE, NAME | {"datatype": "gYear"}))
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
    (problem,) = _refused_schema(tmp_path, described).problems
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
    (problem,) = _refused_schema(tmp_path, described).problems
    assert f"it has no {name}" in problem.what.en


def test_a_column_without_a_name_is_refused(tmp_path: Path) -> None:
    (problem,) = _refused_schema(
        tmp_path, _described(CODE, {"titles": "備考"} | SUPPRESSED)
    ).problems
    assert "it has no name" in problem.what.en


def test_a_key_of_an_unknown_column_is_refused(tmp_path: Path) -> None:
    (problem,) = _refused_schema(tmp_path, _described(CODE, primaryKey="kode")).problems
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
    (problem,) = _refused_schema(tmp_path, text).problems
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

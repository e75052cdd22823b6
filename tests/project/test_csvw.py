"""publish.project.csvw: CSV files become statements, row by row."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.errors import Place, Problem, TableError
from publish.project.csvw import metadata_of, read_table, statements_of, table_files
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


@pytest.mark.parametrize("code", ["99201", "９９２０１１", "992011 "])
def test_a_code_of_the_wrong_form_is_refused_with_a_hint(towns: Path, code: str) -> None:
    (problem,) = _refused(towns, HEADER + KASUMI.replace("992011", code))
    assert problem.what.ja == f"「{code}」は形式（[0-9]{{6}}）に合いません。"
    assert "先頭の0の欠落や全角文字" in problem.remedy.ja
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


def test_a_column_kept_back_is_checked_but_not_published(towns: Path) -> None:
    edit(metadata_of(towns), '"lang": "ja-hrkt",', '"lang": "ja-hrkt", "suppressOutput": true,')
    assert _objects(_read(towns, HEADER + KASUMI), ns.SKOS + "altLabel") == []
    (problem,) = _refused(towns, HEADER + KASUMI.replace("カスミシ", ""))
    assert problem.place == Place("data/towns.csv", 2, "name_kana")


def test_a_row_can_be_added_to_the_file(towns: Path) -> None:
    append(towns, "992038,霧村,キリムラ,Kiri,\n")
    table = read_table(towns, towns.parents[1])
    assert [row["name_ja"] for _, row in table.rows] == ["霞市", "浜町", "霧村"]

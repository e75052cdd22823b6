"""What is handed back: the same rows and more, harmless, the same bytes, and linked data."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import csvw
import openpyxl
import pyoxigraph as ox
import pytest
import rdflib

from publish.errors import GridError
from publish.project.csvw import metadata_of
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.tables.job import OUTPUTS, Output
from publish.tables.link import decided
from tests.tables.conftest import parcel

FACILITIES = (
    "全国地方公共団体コード,ID,名称,住所,緯度,経度,備考\n"
    "012025,0001,本館,函館市本町1,41.7,140.7,=1+1\n"
    '012025,0002,"別館, 東",函館市花園2,41,140.75,"@SUM(1)\n次の行"\n'
    "012025,0003,某館,中央3-2,,,-1\n"
    "012025,0004,他館,青森県むつ市,,,x\n"
)
TOWNS = "全国地方公共団体コード,市区町村名,人口,調査日\n012025,函館市,1,2020-10-01\n012033,小樽市,2,2020-10-01\n"
SPATIAL, SAME = ns.DCTERMS + "spatial", ns.SKOS + "exactMatch"
ADDED = ["リンク先URI", "リンク先名称", "リンク先種別", "一致スコア", "判断理由", "要確認", "候補"]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def archived(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def graph(turtle: bytes, base: str = "https://example.jp/data/links.ttl") -> set[tuple[str, ...]]:
    parsed = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=base)
    return {tuple(getattr(t, "value", "") for t in quad.triple) for quad in parsed}


# -- tables ------------------------------------------------------------------------------------


def test_the_csv_has_the_same_cells_and_the_added_ones(release: Release) -> None:
    content = parcel(release, FACILITIES).write("csv")
    assert not content.startswith(b"\xef\xbb\xbf")
    header, *found = rows(content)
    original = rows(FACILITIES.encode())
    assert header == [*original[0], *ADDED]
    assert [row[:7] for row in found] == original[1:]
    hakodate = release.iris.of("id/municipality/012025")
    assert found[0][7:10] == [hakodate, "函館市", "市町村"]
    assert float(found[0][10]) >= 90
    assert found[0][12:] == ["いいえ", ""]
    assert found[2][7:10] == ["", "", ""]
    assert found[2][12] == "はい"
    assert found[2][13].startswith("函館市")
    assert f"<{hakodate}>" in found[2][13]
    assert (found[3][7], found[3][10], found[3][12]) == ("", "", "いいえ")


def test_headings_and_reasons_are_in_the_language_that_is_wanted(release: Release) -> None:
    header, first, *_ = rows(parcel(release, TOWNS, language="en").write("csv"))
    assert header[4:] == [
        "link_uri", "link_label", "link_type", "link_score", "link_reason", "link_needs_review",
        "link_candidates",
    ]  # fmt: skip
    assert (first[5], first[9]) == ("Hakodate", "false")
    assert "The name is the same." in first[8]


def test_a_table_that_was_linked_before_keeps_its_columns(release: Release) -> None:
    once = parcel(release, TOWNS).write("csv")
    header, first, _ = rows(parcel(release, once).write("csv"))
    assert header[4:5] == ["リンク先URI"]
    assert header[11:12] == ["リンク先URI_2"]
    assert first[4] == first[11]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula_for_excel(release: Release, start: str) -> None:
    cell = f"{start}HYPERLINK(1)"
    table = f"市区町村名,{cell}\n函館市,{cell}\n"
    found = parcel(release, table)
    excel = found.write("excel.csv")
    assert excel.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in excel
    heading = cell.strip()  # headings are trimmed, cells are not
    assert [row[1] for row in rows(excel)] == [
        f"'{heading}" if heading != cell or not heading[0].isalpha() else heading,
        f"'{cell}",
    ] or start == "\t"
    assert rows(found.write("csv"))[1][1] == cell
    sheet: Any = openpyxl.load_workbook(io.BytesIO(found.write("xlsx"))).active
    assert sheet["B2"].value == cell
    assert sheet["B2"].data_type == "s"


def test_codes_stay_texts_and_scores_are_numbers_in_the_workbook(release: Release) -> None:
    book = openpyxl.load_workbook(io.BytesIO(parcel(release, TOWNS).write("xlsx")))
    sheet: Any = book.active
    assert [cell.value for cell in sheet[2]][:4] == ["012025", "函館市", "1", "2020-10-01"]
    assert (sheet["A2"].data_type, sheet["H2"].data_type) == ("s", "n")
    assert sheet["H2"].value == 100
    assert sheet["A2"].value == "012025"
    formulas = re.compile(rb"<f[ >]")
    parts = archived(parcel(release, FACILITIES).write("xlsx"))
    assert not any(formulas.search(part) for name, part in parts.items() if "sheets" in name)


def test_error_values_and_odd_characters_are_texts_in_the_workbook(release: Release) -> None:
    table = "市区町村名,値\n函館市,#N/A\n小樽市,\ufffe\n"
    sheet: Any = openpyxl.load_workbook(io.BytesIO(parcel(release, table).write("xlsx"))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("#N/A", "s")
    assert sheet["B3"].value == "�"


@pytest.mark.parametrize("suffix", [one.suffix for one in OUTPUTS])
def test_the_same_table_gives_the_same_bytes(release: Release, suffix: str) -> None:
    first, second = (parcel(release, FACILITIES).write(suffix) for _ in range(2))
    assert first == second
    if suffix in ("zip", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_person_chose_is_in_every_output(release: Release) -> None:
    ours = release.iris.of("id/municipality/014036")
    found = parcel(release, "市町村名\n泊村\n函館市\n", choices={2: ours})
    assert rows(found.write("csv"))[1][1] == ours
    turtle = found.write("ttl").decode()
    assert "<#by-person> a void:Linkset" in turtle
    assert f"<table.csv#row=2> skos:exactMatch <{ours}> ." in turtle
    assert decided(found.table, {2: ""}).counts["unmatched"] == 1


# -- linksets ----------------------------------------------------------------------------------


def test_the_linkset_says_what_leads_where_how_it_was_found_and_how_sure(release: Release) -> None:
    found = graph(parcel(release, FACILITIES, name="施設.csv").write("ttl"))
    here, base = "https://example.jp/data/", release.iris.base
    file = f"{here}%E6%96%BD%E8%A8%AD.csv"
    links = {triple for triple in found if triple[1] == SPATIAL}
    assert links == {(f"{file}#row={n}", SPATIAL, f"{base}id/municipality/012025") for n in (2, 3)}
    whole = f"{here}links.ttl#links"
    said = {(p, o) for s, p, o in found if s == whole}
    assert {
        (ns.RDF + "type", ns.VOID + "Linkset"),
        (ns.VOID + "linkPredicate", SPATIAL),
        (ns.VOID + "subjectsTarget", file),
        (ns.VOID + "objectsTarget", f"{base}catalog#dataset"),
        (ns.VOID + "triples", "2"),
        (ns.VOID + "subset", f"{here}links.ttl#by-address"),
    } <= said
    assert (f"{here}links.ttl#by-address", ns.DCTERMS + "description", "住所による。") in found
    assert (f"{here}links.ttl#by-address-score", ns.DQV + "value", "97.0") in found or any(
        s.endswith("#by-address-score") and p == ns.DQV + "value" and float(o) >= 90
        for s, p, o in found
    )


def test_a_linkset_has_no_blank_nodes_and_is_turtle_for_another_parser_too(
    release: Release,
) -> None:
    turtle = parcel(release, FACILITIES, name='a"<b>.csv').write("ttl")
    parsed = rdflib.Graph().parse(data=turtle, format="turtle", publicID="https://example.jp/x")
    assert not [s for s in parsed.subjects() if isinstance(s, rdflib.BNode)]
    assert len(parsed) == len(graph(turtle))


def test_a_table_of_municipalities_is_linked_as_the_same_and_one_of_facilities_is_not(
    release: Release,
) -> None:
    assert parcel(release, TOWNS).relation.iri == SAME
    assert parcel(release, FACILITIES).relation.iri == SPATIAL
    assert parcel(release, "市町村名,年\n函館市,1\n函館市,2\n").relation.iri == SPATIAL
    chosen = parcel(release, TOWNS, relation="subject").relation
    assert (chosen.iri, chosen.why.en) == (ns.DCTERMS + "subject", "as you said")


def test_rows_get_the_iris_of_a_template(release: Release) -> None:
    asked = {"template": "https://example.jp/id/{ID}/{名称}"}
    found = graph(parcel(release, FACILITIES, **asked).write("ttl"))
    subjects = {unquote(s) for s, p, _ in found if p == SPATIAL}
    assert subjects == {
        "https://example.jp/id/0001/本館",
        "https://example.jp/id/0002/別館, 東",
    }
    assert any("/0002/%E5%88%A5%E9%A4%A8%2C%20%E6%9D%B1" in s for s, _, _ in found)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("https://example.jp/id/", "雛形が正しくありません"),
        ("id/{ID}", "雛形が正しくありません"),
        ("javascript:{ID}", "雛形が正しくありません"),
        ("https://example.jp/{ID", "雛形が正しくありません"),
        ('https://example.jp/">{ID}', "雛形が正しくありません"),
        ("https://example.jp/{無}", "「無」の列がありません"),
        ("https://example.jp/{緯度}", "列「緯度」が空の行"),
        ("https://example.jp/" + "{ID}" * 6, "雛形が長すぎます"),
        ("https://example.jp/{ID}" + "a" * 500, "雛形が長すぎます"),
    ],
)
def test_a_template_that_makes_no_iris_is_refused(
    release: Release, template: str, said: str
) -> None:
    with pytest.raises(GridError, match=said):
        parcel(release, FACILITIES, template=template)


# -- CSVW --------------------------------------------------------------------------------------


def unpacked(found: Output, directory: Path, own: str | bytes = b"") -> Path:
    for name, content in archived(found.write("zip")).items():
        (directory / name).write_bytes(content)
    (directory / "table.csv").write_bytes(own if isinstance(own, bytes) else own.encode())
    return directory


def test_the_linked_table_is_linked_data_for_a_csvw_reader(
    release: Release, tmp_path: Path
) -> None:
    found = parcel(release, FACILITIES, template="https://example.jp/id/{ID}")
    directory = unpacked(found, tmp_path)
    table: Any = csvw.Table.from_file(directory / "table.linked.csv-metadata.json")
    read = list(table.iterdicts())
    assert [row["c2"] for row in read] == ["0001", "0002", "0003", "0004"]
    assert str(read[0]["c5"]) == "41.7"
    assert table.tableSchema.columndict["uri"].valueUrl.uri == "{+uri}"
    path = directory / "table.linked.csv"
    assert metadata_of(path).name == "table.linked.csv-metadata.json"
    found_ = csvw_statements(directory / "table.linked.csv-metadata.json")
    first = {(p, o) for s, p, o in found_ if s == "https://example.jp/id/0001"}
    hakodate = release.iris.of("id/municipality/012025")
    assert {
        (SPATIAL, hakodate),
        (ns.SCHEMA + "name", "本館"),
        (ns.SCHEMA + "address", "函館市本町1"),
        (ns.DCTERMS + "identifier", "0001"),
        (ns.WGS + "lat", "41.7"),
    } <= first
    assert {s for s, p, _ in found_ if p == SPATIAL} == {
        "https://example.jp/id/0001",
        "https://example.jp/id/0002",
    }


def csvw_statements(metadata: Path) -> set[tuple[str, str, str]]:
    """Return the statements that the `csvw` package's own reader of rows makes, as the CSVW rules do.

    "Generating RDF from Tabular Data", minimal mode: a statement for each cell with a value.
    """
    table: Any = csvw.Table.from_file(metadata)
    columns = [column for column in table.tableSchema.columns if not column.suppressOutput]
    found = set()
    for number, row in enumerate(table.iterdicts(strict=True), 2):
        values = {name: value for name, value in row.items() if value is not None}
        about = table.tableSchema.inherit("aboutUrl").expand(_sourceRow=number, **values)
        subject = about if "://" in about else f"{table.url}{about}"
        for column in columns:
            if not (column.virtual or column.header in values):
                continue
            value = column.inherit("valueUrl")
            made = value.expand(**values) if value else str(values[column.header])
            found.add((subject, column.inherit("propertyUrl").expand(), made))
    return found


def test_the_file_as_it_was_brought_is_linked_data_where_its_codes_end_the_uris(
    release: Release, tmp_path: Path
) -> None:
    directory = unpacked(parcel(release, TOWNS), tmp_path, TOWNS)
    found = csvw_statements(directory / "table.csv-metadata.json")
    base = release.iris.base
    assert {triple for triple in found if triple[1] == SAME} == {
        ("table.csv#row=2", SAME, f"{base}id/municipality/012025"),
        ("table.csv#row=3", SAME, f"{base}id/municipality/012033"),
    }
    assert ("table.csv#row=2", ns.DCTERMS + "identifier", "012025") in found
    assert ("table.csv#row=2", ns.SCHEMA + "name", "函館市") in found
    assert ("table.csv#row=2", "#%E4%BA%BA%E5%8F%A3", "1") in found
    described = json.loads((directory / "table.csv-metadata.json").read_text("utf-8"))
    types = {one.get("titles"): one.get("datatype") for one in described["tableSchema"]["columns"]}
    assert types["人口"] == "integer"
    assert types["調査日"] == "date"
    assert types["全国地方公共団体コード"] is None


def test_a_file_in_shift_jis_with_tabs_is_described_as_it_is(
    release: Release, tmp_path: Path
) -> None:
    own = TOWNS.replace(",", "\t").encode("cp932")
    directory = unpacked(parcel(release, own), tmp_path, own)
    described = json.loads((directory / "table.csv-metadata.json").read_text("utf-8"))
    assert described["dialect"]["encoding"] == "shift_jis"
    assert described["dialect"]["delimiter"] == "\t"
    found = csvw_statements(directory / "table.csv-metadata.json")
    assert len([triple for triple in found if triple[1] == SAME]) == 2


@pytest.mark.parametrize(
    "table",
    [TOWNS + ",札幌市,3,\n", TOWNS + "01100,札幌市,3,\n", "市町村名\n函館市\n", FACILITIES],
)
def test_where_its_codes_do_not_end_the_uris_the_file_itself_is_not_described(
    release: Release, table: str
) -> None:
    assert "table.csv-metadata.json" not in archived(parcel(release, table).write("zip"))


# -- JSON-LD -----------------------------------------------------------------------------------


def test_the_context_turns_rows_as_objects_into_linked_data(release: Release) -> None:
    found = parcel(release, FACILITIES)
    header, first, *_ = rows(found.write("csv"))
    context = json.loads(found.write("context.jsonld"))["@context"]
    document = {"@context": context, "@id": "https://example.jp/id/0001"}
    document |= dict(zip(header, first, strict=True))
    parsed = ox.parse(
        json.dumps(document).encode(), format=ox.RdfFormat.JSON_LD, base_iri="https://example.jp/d"
    )
    said = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in parsed}
    assert {
        (SPATIAL, release.iris.of("id/municipality/012025")),
        (ns.SCHEMA + "name", "本館"),
        (ns.WGS + "lat", "41.7"),
        (ns.DCTERMS + "identifier", "0001"),
    } <= said
    assert not any("スコア" in unquote(p) for p, _ in said)


def test_headings_that_json_ld_would_misread_are_left_out(release: Release) -> None:
    table = "市町村名,@id,schema:name,a/b,備 考\n函館市,x,y,z,w\n"
    context = json.loads(parcel(release, table).write("context.jsonld"))["@context"]
    assert {"@id", "schema:name", "a/b"} & context.keys() == set()
    assert context["備 考"] == {"@id": "%E5%82%99%20%E8%80%83"}


# -- everything --------------------------------------------------------------------------------


def test_the_archive_has_everything_under_names_that_say_what_it_is(release: Release) -> None:
    assert [*archived(parcel(release, TOWNS, name="C:\\表 1.csv").write("zip"))] == [
        "表_1.linked.csv",
        "表_1.linked.excel.csv",
        "表_1.linked.xlsx",
        "表_1.linked.ttl",
        "表_1.linked.csv-metadata.json",
        "表_1.linked.context.jsonld",
        "表 1.csv-metadata.json",
    ]


def test_names_of_files_lead_nowhere_else(release: Release) -> None:
    for name in ("../../etc/x.csv", "..\\..\\x.csv", "/", "....", "a/../b.csv"):
        for found in archived(parcel(release, TOWNS, name=name).write("zip")):
            assert "/" not in found and "\\" not in found and not found.startswith("..")


def test_rows_of_a_workbook_are_those_of_the_linked_table(release: Release) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["市町村名"], ["函館市"], [None], ["小樽市"]):
        sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    found = graph(parcel(release, output.getvalue(), name="表.xlsx").write("ttl"))
    rows_ = sorted(unquote(s) for s, p, _ in found if p == SAME)
    here = "https://example.jp/data/表.linked.csv#row="
    assert rows_ == [f"{here}2", f"{here}3"]


@pytest.mark.parametrize("blank", [",", "", "　,\u00a0", '"",""'])
def test_a_table_with_empty_rows_and_a_line_for_excel_comes_back_with_all_that_has_values(
    release: Release, tmp_path: Path, blank: str
) -> None:
    row = f"{blank}\n"
    brought = f"sep=,\n市区町村名,備考\n{row}函館市,a\n{row * 2}小樽市,b　\n{row}"
    found = parcel(release, brought)
    assert [one[:3] for one in rows(found.write("csv"))[1:]] == [
        ["函館市", "a", release.iris.of("id/municipality/012025")],
        ["小樽市", "b　", release.iris.of("id/municipality/012033")],
    ]
    assert [row.line for row in found.table.grid.rows] == [4, 7]


def test_the_metadata_of_a_table_as_it_was_brought_leave_out_what_we_left_out(
    release: Release, tmp_path: Path
) -> None:
    lines = TOWNS.splitlines(keepends=True)
    brought = "sep=,\n" + lines[0] + ",,,\n" + lines[1] + ",,,\n,,,\n" + lines[2]
    directory = unpacked(parcel(release, brought), tmp_path)
    (directory / "table.csv").write_text(brought, "utf-8")
    table: Any = csvw.Table.from_file(directory / "table.csv-metadata.json")
    assert [row["c2"] for row in table.iterdicts() if row["c2"]] == ["函館市", "小樽市"]

"""Tables: RFC 4180, one column for each form of value, and CSVW that says what they mean."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import csvw
import pyoxigraph as ox
import pytest

from publish.browse.csvw_tables import Sheet, Whole, sheet_of
from publish.browse.lists import members, table
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, node, triples
from publish.release.dumps import METADATA
from publish.release.release import Release, current
from publish.shacl.shapes import Field, Kind

BASE = "https://data.example.jp/"
TOWN = BASE + "id/town/992011"
HAMA = BASE + "id/town/992020"
WHOLE = Whole(BASE + "catalog#dataset", Text("霞県", "Kasumi"), ("https://licence.example/",))


def field(
    path: str,
    datatype: str | None = None,
    description: Text | None = None,
    is_iri: bool = False,
) -> Field:
    name = Text("名", "name")
    return Field("", path, name, description, 0.0, datatype, None, is_iri, composite=False)


NAME = field(ns.SKOS + "prefLabel", datatype=ns.RDF + "langString")
CODE = field(ns.DCTERMS + "identifier", datatype=ns.XSD + "string")
NEAR = field(ns.SKOS + "related", is_iri=True, description=Text("近いもの。", "What is near."))
SIZE = field(BASE + "terms#size", datatype=ns.XSD + "decimal")
SHAPE = field(ns.GEO + "asWKT", datatype=ns.GEO + "wktLiteral")


def sheet(fields: list[Field], *statements: tuple[str, str, ox.NamedNode | ox.Literal]) -> Sheet:
    """Return a table of two towns of which something is said."""
    store = ox.Store()
    store.extend(ox.Quad(node(s), node(p), o) for s, p, o in statements)
    kind = Kind("town", BASE + "terms#Town", "", Text("市町", "towns"), 1.0, tuple(fields))
    return sheet_of(store, kind, (TOWN, HAMA))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def text(value: str, language: str) -> ox.Literal:
    return ox.Literal(value, language=language)


# -- The form ----------------------------------------------------------------------------------


def test_a_table_has_crlf_no_byte_order_mark_and_quotes_where_needed() -> None:
    made = sheet([CODE], (TOWN, CODE.path, ox.Literal('a "b", c\nd')))
    assert made.csv() == f'iri,identifier\r\n{TOWN},"a ""b"", c\nd"\r\n{HAMA},\r\n'.encode()


def test_texts_have_a_column_for_each_language_that_occurs() -> None:
    made = sheet(
        [NAME],
        (TOWN, NAME.path, text("霞市", "ja")),
        (TOWN, NAME.path, text("カスミシ", "ja-hrkt")),
        (HAMA, NAME.path, text("Hama", "ja-latn")),
    )
    wanted = ("prefLabel_ja", "prefLabel_en", "prefLabel_ja_hrkt", "prefLabel_ja_latn")
    assert made.header == ("iri", *wanted)
    assert rows(made.csv())[0] == {
        "iri": TOWN, "prefLabel_ja": "霞市", "prefLabel_en": "",
        "prefLabel_ja_hrkt": "カスミシ", "prefLabel_ja_latn": "",
    }  # fmt: skip
    assert made.columns[2].title == Text("名（かなのよみ）", "name (reading in kana)")


def test_values_in_another_form_than_the_shape_says_have_columns_of_their_own() -> None:
    made = sheet(
        [CODE],
        (TOWN, CODE.path, ox.Literal("1")),
        (TOWN, CODE.path, ox.Literal("2", datatype=node(ns.XSD + "integer"))),
        (TOWN, CODE.path, node(BASE + "3")),
        (TOWN, CODE.path, text("四", "ja")),
    )
    row = rows(made.csv())[0]
    assert row == {
        "iri": TOWN, "identifier": "1", "identifier_integer": "2",
        "identifier_iri": BASE + "3", "identifier_ja": "四",
    }  # fmt: skip


def test_properties_of_the_same_local_name_are_told_apart() -> None:
    made = sheet([CODE, field("http://other.example/identifier", datatype=ns.XSD + "string")])
    assert made.header == ("iri", "identifier", "identifier_2")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (BASE + "terms#has-part", "has_part"),
        (BASE + "terms#地域", "%E5%9C%B0%E5%9F%9F"),
        (BASE + "terms#_x", "x"),
        (BASE + "terms#iri", "iri_2"),
        (BASE + "terms#", "column"),
    ],
)
def test_names_of_columns_are_such_as_csvw_allows(path: str, name: str) -> None:
    assert sheet([field(path, datatype=ns.XSD + "string")]).header[1] == name


def test_types_are_no_column() -> None:
    assert sheet([field(TYPE.value, is_iri=True)]).header == ("iri",)


def test_empty_texts_are_left_out() -> None:
    made = sheet([CODE], (TOWN, CODE.path, ox.Literal("")), (TOWN, CODE.path, ox.Literal("a")))
    assert rows(made.csv())[0]["identifier"] == "a"
    assert made.columns[0].separator is None


# -- Several values in a cell ------------------------------------------------------------------


def test_several_values_are_sorted_with_a_separator_between() -> None:
    made = sheet([CODE], (TOWN, CODE.path, ox.Literal("b")), (TOWN, CODE.path, ox.Literal("a")))
    assert rows(made.csv())[0]["identifier"] == "a | b"


@pytest.mark.parametrize(
    "values",
    [
        ["a | b", "c"],
        ["a |", "b"],
        ["a", "| b"],
        ["a |", "| b"],
        ["a | b", "c |1| d"],
        [" | ", " |1| ", " |2| "],
        ["a", "b |", "|"],
    ],
)
def test_no_value_can_be_taken_for_two(values: list[str]) -> None:
    made = sheet([CODE], *((TOWN, CODE.path, ox.Literal(value)) for value in values))
    separator = made.columns[0].separator
    assert separator is not None
    assert rows(made.csv())[0]["identifier"].split(separator) == sorted(values)


def test_a_separator_is_chosen_for_the_whole_column() -> None:
    made = sheet(
        [CODE],
        *((TOWN, CODE.path, ox.Literal(value)) for value in "ab"),
        (HAMA, CODE.path, ox.Literal("c | d")),
    )
    separator = made.columns[0].separator or ""
    found = [row["identifier"].split(separator) for row in rows(made.csv())]
    assert found == [["a", "b"], ["c | d"]]


# -- For Excel ---------------------------------------------------------------------------------


def test_the_table_for_excel_has_a_byte_order_mark_and_headers_in_words() -> None:
    made = sheet([NAME], (TOWN, NAME.path, text("霞市", "ja"))).for_excel()
    assert made.startswith(b"\xef\xbb\xbf")
    header, row, _ = made.decode("utf-8-sig").split("\r\n")[:3]
    said = "名（日本語） / name (Japanese),名（英語） / name (English)"
    assert header == f"識別子（IRI） / identifier (IRI),{said}"
    assert row == f"{TOWN},霞市,"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_only_in_the_table_for_excel_a_formula_is_made_harmless(start: str) -> None:
    value = f'{start}HYPERLINK("https://x.example")'
    made = sheet([CODE], (TOWN, CODE.path, ox.Literal(value)))
    assert rows(made.csv())[0]["identifier"] == value
    assert list(rows(made.for_excel())[0].values())[1] == f"'{value}"


@pytest.mark.parametrize("value", ["-43.06", "+1", "-0", "a=b", "12-3", "'="])
def test_numbers_and_other_texts_are_left_as_they_are(value: str) -> None:
    made = sheet([CODE], (TOWN, CODE.path, ox.Literal(value)))
    assert list(rows(made.for_excel())[0].values())[1] == value


@pytest.mark.parametrize("value", ["-1+cmd|' /C calc'!A0", "-1 2", "+1e5", "-"])
def test_what_only_begins_like_a_number_is_made_harmless(value: str) -> None:
    made = sheet([CODE], (TOWN, CODE.path, ox.Literal(value)))
    assert list(rows(made.for_excel())[0].values())[1] == f"'{value}"


# -- CSVW --------------------------------------------------------------------------------------


def described(made: Sheet) -> dict[str, dict[str, Any]]:
    """Return what the metadata say of the columns, by name."""
    content = json.loads(made.metadata("town.csv", WHOLE))
    return {column["name"]: column for column in content["tableSchema"]["columns"]}


def test_metadata_tell_title_licence_and_data_set() -> None:
    content = json.loads(sheet([NAME]).metadata("town.csv", WHOLE))
    assert content["@context"] == "http://www.w3.org/ns/csvw"
    assert content["url"] == "town.csv"
    assert content["dc:title"] == [
        {"@value": "市町（霞県）", "@language": "ja"},
        {"@value": "towns (Kasumi)", "@language": "en"},
    ]
    assert content["dc:license"] == [{"@id": "https://licence.example/"}]
    assert content["dc:isPartOf"] == {"@id": WHOLE.iri}
    assert content["tableSchema"]["primaryKey"] == ["iri"]
    assert content["dialect"]["lineTerminators"] == ["\r\n"]
    notes = [note["@language"] for note in content["notes"]]
    assert notes == ["ja", "en"] * 3
    assert any(".excel.csv" in note["@value"] for note in content["notes"])


def test_columns_say_language_datatype_and_link() -> None:
    columns = described(sheet([NAME, CODE, NEAR, SIZE, SHAPE]))
    assert columns["prefLabel_ja"]["lang"] == "ja"
    assert columns["prefLabel_ja"]["titles"] == {
        "ja": "名（日本語）",
        "en": "name (Japanese)",
        "und": "prefLabel_ja",
    }
    assert columns["identifier"]["datatype"] == "string"
    assert columns["size"]["datatype"] == "decimal"
    assert columns["asWKT"]["datatype"] == {"@id": ns.GEO + "wktLiteral", "base": "string"}
    assert columns["related"]["valueUrl"] == "{+related}"
    assert columns["related"]["dc:description"][0] == {"@value": "近いもの。", "@language": "ja"}
    assert columns["type"] == {
        "name": "type",
        "virtual": True,
        "propertyUrl": ns.RDF + "type",
        "valueUrl": BASE + "terms#Town",
    }


def test_several_links_in_a_cell_are_kept_out_of_conversions() -> None:
    made = sheet([NEAR], (TOWN, NEAR.path, node(BASE + "a")), (TOWN, NEAR.path, node(BASE + "b")))
    column = described(made)["related"]
    assert column["separator"] == " | "
    assert column["suppressOutput"] is True
    assert "valueUrl" not in column


def test_links_with_japanese_letters_are_kept_out_of_conversions() -> None:
    """A template would encode them, and the encoded IRI is not the one that is meant."""
    made = sheet([NEAR], (TOWN, NEAR.path, node("http://geonames.example/霞市")))
    column = described(made)["related"]
    assert column["suppressOutput"] is True
    assert "valueUrl" not in column
    assert "separator" not in column


# -- As the library reads them -----------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """A release, and what its dumps are made from: the content without graph/catalog."""

    release: Release
    content: ox.Store

    @property
    def dumps(self) -> Path:
        return self.release.path / "dump"

    def kinds(self) -> Iterator[tuple[Kind, tuple[str, ...]]]:
        """Yield the types that have things, with these."""
        for kind in self.release.shapes.kinds:
            if found := members(self.content, self.release.iris, kind):
                yield kind, found


@pytest.fixture(scope="module", params=["real", "kasumi"])
def published(request: pytest.FixtureRequest, release: Release, kasumi: Path) -> Published:
    found = release if request.param == "real" else current(kasumi / "releases")
    store = ox.Store()
    store.bulk_load(path=found.path / "dump" / "all.nq", format=ox.RdfFormat.N_QUADS)
    return Published(found, store)


def test_every_type_that_has_things_has_a_table(published: Published) -> None:
    found = {kind.segment for kind, _ in published.kinds()}
    tables = {path.name for path in published.dumps.glob("*.csv")}
    assert tables == {f"{segment}{end}.csv" for segment in found for end in ("", ".excel")}
    assert len(found) > 2


@pytest.mark.filterwarnings("error")
def test_csvw_finds_metadata_and_tables_valid(published: Published) -> None:
    for path in metadata(published):
        found = csvw.CSVW(str(path), validate=True)
        assert found.is_valid, path.name


def metadata(published: Published) -> list[Path]:
    return sorted(published.dumps.glob(f"*{METADATA}"))


def test_the_table_of_a_list_is_made_as_the_dump(published: Published) -> None:
    for kind, found in published.kinds():
        dump = published.dumps / f"{kind.segment}.csv"
        assert table(published.content, kind, found) == dump.read_bytes()


def test_a_csvw_processor_gives_back_the_values_of_the_graph_and_no_others(
    published: Published,
) -> None:
    for kind, things in published.kinds():
        found = list(read(published.dumps / f"{kind.segment}.csv{METADATA}"))
        values = {(s, p, o) for s, p, o, _ in found}
        assert values == wanted(published.content, kind, things), kind.segment


def test_a_csvw_processor_makes_only_statements_of_the_graph(published: Published) -> None:
    made = 0
    for path in metadata(published):
        for subject, predicate, _, object_ in read(path):
            if object_ is not None:
                made += 1
                said = triples(published.content, node(subject), node(predicate))
                assert same(object_) in {same(o) for _, _, o in said}, (path.name, object_)
    assert made >= len(published.release.shapes.kinds)


def same(term: Term) -> tuple[str, ...]:
    """Return what two terms have in common that are the same value."""
    if isinstance(term, ox.NamedNode):
        return (term.value,)
    return comparable(term), term.language or "", term.datatype.value


def comparable(term: Term) -> str:
    """Return a value without what the library does not keep: how numbers and hexadecimals look."""
    name = "" if isinstance(term, ox.NamedNode) else term.datatype.value.removeprefix(ns.XSD)
    if name in ("decimal", "integer"):
        return str(Decimal(term.value).normalize())
    return term.value.lower() if name == "hexBinary" else term.value


def read(path: Path) -> Iterator[tuple[str, str, str, Term | None]]:
    """Yield (subject, property, value, object) as CSVW has them (csv2rdf, minimal mode).

    The object is None where the column is kept out of conversions.
    """
    described: Any = csvw.Table.from_file(path)
    key, *columns = described.tableSchema.columns
    for row in described.iterdicts():
        subject = text_of(row["iri"], key.datatype)
        for column in columns:
            predicate = column.inherit("propertyUrl").expand()
            for value in values_of(column, row):
                object_ = term(column, value)
                made = None if column.suppressOutput else object_
                yield subject, predicate, comparable(object_), made


def values_of(column: Any, row: dict[str, Any]) -> list[str]:
    if column.virtual:
        return [column.inherit("valueUrl").expand()]
    value = row[column.name]
    found = value if isinstance(value, list) else [value]
    datatype = column.inherit("datatype")
    return [text_of(one, datatype) for one in found if one is not None]


def text_of(value: Any, datatype: Any) -> str:
    """Return a value as it is written, an IRI as it is: the library takes it apart and encodes it."""
    if not hasattr(value, "unsplit"):
        return str(datatype.formatted(value))
    return re.sub("(%[89A-Fa-f][0-9A-Fa-f])+", lambda found: unquote(found[0]), value.unsplit())


def term(column: Any, value: str) -> Term:
    if column.inherit("valueUrl") is not None:
        return node(value)
    language, datatype = column.inherit("lang"), column.inherit("datatype")
    if column.suppressOutput and str(datatype.base) == "anyURI":
        return node(value)
    if language != "und":
        return ox.Literal(value, language=language)
    iri = datatype.at_props.get("id") or ns.XSD + str(datatype.base)
    return ox.Literal(value, datatype=node(iri))


def wanted(store: ox.Store, kind: Kind, things: tuple[str, ...]) -> set[tuple[str, str, str]]:
    """Return what the graph says of the things of a type, as far as the shape describes it."""
    described = {field.path for field in kind.fields} - {TYPE.value}
    found: set[tuple[str, str, str]] = set()
    for iri in things:
        found.add((iri, TYPE.value, kind.class_))
        for subject, predicate, object_ in triples(store, node(iri)):
            if predicate.value in described:
                found.add((subject.value, predicate.value, comparable(object_)))
    return found

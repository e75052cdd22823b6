"""Tables for people without RDF: the things of a type as CSV, with metadata that say what it means.

The form is RFC 4180 in UTF-8; the metadata follow "Metadata Vocabulary for Tabular Data" (CSVW), so
that a CSVW processor makes of the table statements that it was made from.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from publish.browse.columns import (
    KEY,
    KEY_COLUMN,
    KEY_TITLE,
    Column,
    Form,
    Values,
    by_language,
    columns_of,
    described,
    form_of,
    free,
)
from publish.i18n import Text
from publish.rdf.serialize import json_bytes
from publish.rdf.terms import TYPE, narrowed, node
from publish.shacl.shapes import Kind

#: What makes a spreadsheet take a cell for a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_TITLE = Text("{kind}（{whole}）", "{kind} ({whole})")
_DIALECT = {
    "encoding": "utf-8",
    "lineTerminators": ["\r\n"],
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "headerRowCount": 1,
    "commentPrefix": None,
    "skipBlankRows": False,
    "skipInitialSpace": False,
    "trim": False,
}
_NOTES = (
    Text(
        "空のセルは値がないことを表す。一つのセルに値が複数あるときは、その列の separator の文字列で区切る。separator は、どの値の中にも現れないように列ごとに選んである。",
        "An empty cell has no value. Several values in one cell stand with the column's separator "
        "between them, which is chosen for each column so that no value holds it.",
    ),
    Text(
        "他の物を指す値が一つのセルに複数ある列や、日本語などASCIIでない文字を含むIRIのある列は、CSVWの規則では正しい文に変換できないため、変換の対象から外してある（suppressOutput）。その文はRDFのファイルにある。",
        "A cell with several links, or with an IRI that is not ASCII, cannot be converted to the right "
        "statements by the rules of CSVW; columns with such cells are left out of conversions "
        "(suppressOutput). The RDF files have the statements.",
    ),
    Text(
        "「.excel.csv」で終わるファイルは同じ表をExcel用にしたもので、先頭にBOMが、見出しに日英の名称があり、数式とみなされるセル（= + - @ とその全角、タブ、改行で始まるもの。数値を除く）の先頭にアポストロフィを付けてある。この説明は、何も付けていない「.csv」についてのものである。",
        'A file whose name ends in ".excel.csv" is the same table for Excel: it begins with a byte '
        "order mark, its headers are names in both languages, and a cell that would be taken for a "
        "formula (one that begins with = + - @, also in full width, a tab or a carriage return, "
        "and is no number) begins with an apostrophe. This description is of the plain table.",
    ),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """The data set that a table is from: its IRI, title, and licences by IRI."""

    iri: str
    title: Text
    licences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The things of a type as rows; the first cell of a row is the thing's IRI."""

    kind: Kind
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of all columns."""
        return (KEY, *(column.name for column in self.columns))

    def csv(self) -> bytes:
        """Return the table as CSV (RFC 4180): UTF-8 without byte order mark, lines end in CRLF."""
        return _written(self.header, self.rows).encode()

    def for_excel(self) -> bytes:
        """Return the table for Excel: with a byte order mark, and headers in words.

        A cell that Excel would take for a formula begins with an apostrophe; plain numbers do not.
        """
        titles = (KEY_TITLE, *(column.title for column in self.columns))
        rows = (tuple(map(harmless, row)) for row in (tuple(map(str, titles)), *self.rows))
        return (_BOM + _written(next(rows), rows)).encode()

    def metadata(self, url: str, whole: Whole) -> bytes:
        """Return the table's CSVW metadata; `url` is its address relative to theirs."""
        title = _TITLE.format(kind=self.kind.label, whole=whole.title)
        return json_bytes(
            {
                "@context": "http://www.w3.org/ns/csvw",
                "url": url,
                "dc:title": by_language(title),
                "dc:isPartOf": {"@id": whole.iri},
                "dc:license": [{"@id": licence} for licence in whole.licences],
                "notes": [said for note in _NOTES for said in by_language(note)],
                "dialect": _DIALECT,
                "tableSchema": {
                    "aboutUrl": f"{{+{KEY}}}",
                    "primaryKey": [KEY],
                    "columns": [KEY_COLUMN, *map(described, self.columns), self._type()],
                },
            }
        )

    def _type(self) -> dict[str, Any]:
        """Return the virtual column that says of what type all things of the table are."""
        return {
            "name": free("type", set(self.header)),
            "virtual": True,
            "propertyUrl": TYPE.value,
            "valueUrl": self.kind.class_,
        }


def sheet_of(store: ox.Store, kind: Kind, iris: Sequence[str]) -> Sheet:
    """Return things of a type as a table: a row each, the columns in the shape's order.

    Texts have a column for each language that occurs, Japanese and English always.  Cells without
    value are empty; several values stand in one cell, sorted, with a separator between them.
    Properties that the shape does not describe are left out, and so are empty texts.
    """
    fields = {field.path: field for field in kind.fields if field.path != TYPE.value}
    values = _values(store, iris, fields.keys())
    columns = tuple(columns_of(fields.values(), values))
    filled = [(column, values[column.path].get(column.form, {})) for column in columns]
    rows = (
        (iri, *((column.separator or "").join(cells.get(iri, ())) for column, cells in filled))
        for iri in iris
    )
    return Sheet(kind, columns, tuple(rows))


def _values(store: ox.Store, iris: Iterable[str], paths: Iterable[str]) -> Values:
    found: dict[str, dict[Form, dict[str, list[str]]]] = {
        path: defaultdict(lambda: defaultdict(list)) for path in paths
    }
    for iri in iris:
        for _, predicate, object_ in map(narrowed, store.quads_for_pattern(node(iri), None, None)):
            if predicate.value in found and object_.value:
                insort(found[predicate.value][form_of(object_)][iri], object_.value)
    return found


def _written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return output.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe if it would."""
    is_formula = cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell

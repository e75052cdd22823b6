"""Tables for people without RDF: the things of a type as CSV, with metadata that say what it means.

The form is RFC 4180 in UTF-8; the metadata follow "Metadata Vocabulary for Tabular Data" (CSVW), so
that a CSVW processor makes of the table statements that it was made from. Hence a property has a
column for each form (language, datatype, IRI) in which it has values.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from publish.i18n import LANGUAGES, Text
from publish.rdf import namespaces as ns
from publish.rdf.serialize import json_bytes
from publish.rdf.terms import TYPE, Term, narrowed, node
from publish.shacl.shapes import Field, Kind

#: Between several values of one cell, unless a value holds it: see `_separator`.
SEPARATOR = " | "
#: The first column: which thing a row is about.
KEY = "iri"
KEY_TITLE = Text("識別子（IRI）", "identifier (IRI)")
_LANG_STRING, _STRING = ns.RDF + "langString", ns.XSD + "string"
_LANGUAGES = {
    "ja": Text("日本語", "Japanese"),
    "en": Text("英語", "English"),
    "ja-hrkt": Text("かなのよみ", "reading in kana"),
    "ja-latn": Text("ローマ字のよみ", "reading in Latin letters"),
}
_COLUMN_TITLE = Text("{what}（{form}）", "{what} ({form})")
#: The datatypes of XML Schema that CSVW has, too, under their local names.
_BUILT_IN = frozenset(
    {
        "anyURI", "base64Binary", "boolean", "byte", "date", "dateTime", "dateTimeStamp",
        "dayTimeDuration", "decimal", "double", "duration", "float", "gDay", "gMonth", "gMonthDay",
        "gYear", "gYearMonth", "hexBinary", "int", "integer", "long", "negativeInteger",
        "nonNegativeInteger", "nonPositiveInteger", "normalizedString", "positiveInteger", "short",
        "string", "time", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
        "yearMonthDuration",
    }
)  # fmt: skip

#: A form of value: ("", "") an IRI, (language, langString) a text, ("", datatype) a literal.
Form = tuple[str, str]
_IRI: Form = ("", "")
#: property -> form -> thing -> values
Values = Mapping[str, Mapping[Form, Mapping[str, list[str]]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, the property of its values, and their form."""

    name: str
    path: str
    title: Text
    description: Text | None
    form: Form
    #: between the values of a cell, if there is a cell with several
    separator: str | None
    #: all values are ASCII; a template encodes what is not, and makes another IRI of it (RFC 6570)
    is_ascii: bool = True

    @property
    def is_iri(self) -> bool:
        """Tell whether the values are IRIs."""
        return self.form == _IRI

    @property
    def language(self) -> str | None:
        """Return the language tag of the values, if they are texts in a language."""
        return self.form[0] or None


def form_of(term: Term) -> Form:
    """Return the form of a value."""
    return _IRI if isinstance(term, ox.NamedNode) else (term.language or "", term.datatype.value)


def _declared(field: Field) -> tuple[Form, ...]:
    """Return the forms of value that a shape allows for, without those that may occur, too."""
    if field.is_iri:
        return (_IRI,)
    if field.datatype == _LANG_STRING:
        return ("ja", _LANG_STRING), ("en", _LANG_STRING)
    return (("", field.datatype),) if field.datatype else ()


def columns_of(fields: Iterable[Field], values: Values) -> Iterator[Column]:
    """Yield the columns for values by property, form and thing, in the order of the fields.

    A property has the columns that its shape allows for, and one for each other form that occurs.
    """
    taken = {KEY}
    for field in fields:
        declared, found = _declared(field), values[field.path]
        others = tuple(sorted(form for form in found if form not in declared))
        for number, form in enumerate(declared + others or (("", _STRING),)):
            mark = _mark(form, number)
            name = free(_local(field.path) + (f"_{_plain(mark)}" if mark else ""), taken)
            taken.add(name)
            title = _COLUMN_TITLE.format(what=field.name, form=_words(mark)) if mark else field.name
            cells = list(found[form].values()) if form in found else []
            said = (name, field.path, title, field.description, form, _separator(cells))
            yield Column(*said, all(value.isascii() for values in cells for value in values))


def _mark(form: Form, number: int) -> str:
    """Return what tells a column from the others of its property: a language, or a datatype."""
    language, datatype = form
    if language or not number:
        return language
    return _local(datatype) if datatype else KEY


def _words(mark: str) -> Text:
    return _LANGUAGES.get(mark, Text(mark, mark))


def _local(iri: str) -> str:
    """Return the local name of an IRI in the characters that names of columns may have."""
    return _plain(ns.split(iri)[1]) or "column"


def _plain(text: str) -> str:
    return quote(re.sub("[-.~]", "_", text), safe="").lstrip("_")


def free(name: str, taken: set[str]) -> str:
    """Return a name, with a number if it is taken."""
    numbered = (f"{name}_{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _separator(cells: Iterable[list[str]]) -> str | None:
    """Return what keeps the values of each cell apart, or None if no cell has several.

    CSVW knows no escape inside a cell: the separator is one that splits every cell of the column
    into just its values.
    """
    lists = list(cells)
    if all(len(values) < 2 for values in lists):
        return None
    others = (f" |{number}| " for number in count(1))
    tried = SEPARATOR
    while any(tried.join(values).split(tried) != values for values in lists):
        tried = next(others)
    return tried


def by_language(text: Text) -> list[dict[str, str]]:
    """Return a text as CSVW has it for properties of other vocabularies (JSON-LD values)."""
    return [{"@value": text.in_(language), "@language": language} for language in LANGUAGES]


def _titled(name: str, title: Text) -> dict[str, Any]:
    """Return name and titles; one title is the header itself, by which processors compare them."""
    titles = {language: title.in_(language) for language in LANGUAGES}
    return {"name": name, "titles": titles | {"und": name}}


KEY_COLUMN = _titled(KEY, KEY_TITLE) | {
    "datatype": "anyURI",
    "required": True,
    "suppressOutput": True,
}


def described(column: Column) -> dict[str, Any]:
    """Return what CSVW says of a column."""
    said = _titled(column.name, column.title) | {"propertyUrl": column.path}
    if column.description:
        said["dc:description"] = by_language(column.description)
    if column.language:
        said |= {"lang": column.language, "datatype": "string"}
    elif column.is_iri and (column.separator or not column.is_ascii):
        said |= {"datatype": "anyURI", "suppressOutput": True}
    elif column.is_iri:
        said |= {"datatype": "anyURI", "valueUrl": f"{{+{column.name}}}"}
    else:
        said["datatype"] = _datatype(column.form[1])
    if column.separator:
        said |= {"separator": column.separator, "ordered": False}
    return said


def _datatype(iri: str) -> str | dict[str, str]:
    name = iri.removeprefix(ns.XSD)
    return name if name in _BUILT_IN else {"@id": iri, "base": "string"}


# -- The things of a type as a table ---------------------------------------------------------------

#: What makes a spreadsheet take a cell for a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_TABLE_TITLE = Text("{kind}（{whole}）", "{kind} ({whole})")
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
        return csv_of([self.header, *self.rows])

    def for_excel(self) -> bytes:
        """Return the table for Excel: with a byte order mark, and headers in words.

        A cell that Excel would take for a formula begins with an apostrophe; plain numbers do not.
        """
        titles = (KEY_TITLE, *(column.title for column in self.columns))
        return csv_for_excel([tuple(map(str, titles)), *self.rows])

    def metadata(self, url: str, whole: Whole) -> bytes:
        """Return the table's CSVW metadata; `url` is its address relative to theirs."""
        title = _TABLE_TITLE.format(kind=self.kind.label, whole=whole.title)
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


def csv_of(rows: Iterable[Sequence[str]], mark: str = "") -> bytes:
    """Return rows, the first of them headings, as CSV (RFC 4180) in UTF-8; lines end in CRLF."""
    output = io.StringIO(newline="")
    output.write(mark)
    csv.writer(output, lineterminator="\r\n").writerows(rows)
    return output.getvalue().encode()


def csv_for_excel(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV for Excel: a byte order mark, and no cell that is a formula."""
    return csv_of((tuple(map(harmless, row)) for row in rows), BOM)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe if it would."""
    is_formula = cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell

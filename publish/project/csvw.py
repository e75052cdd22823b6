"""CSV files with CSVW metadata -> statements, row by row ("Generating RDF from Tabular Data").

`data/<name>.csv` is described by `data/<name>.csv-metadata.json` (see `publish.project.schemas`). Its headings
are the columns' names or any of their titles, so that a table keeps the headings that people know.
Addresses are resolved against the publication base, and are IRIs: Japanese stays as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from publish.errors import Place, Problem, TableError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.schemas import Column, Schema, read_schema
from publish.project.turtle_files import Origin, Statement, read_text, shown
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term, Triple

Row = dict[str, str]
#: Addresses that are absolute; any other "x:y" is a prefixed name, or a mistake.
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*://|urn:|mailto:|tel:")
_LETTERS = re.compile(r"[^\x00-\x7f]+")
_PREFIXED = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table as read: its description, and its rows with their line numbers."""

    path: Path
    project: Path
    schema: Schema
    rows: tuple[tuple[int, Row], ...]
    #: the heading of each column, by its name
    headings: Mapping[str, str]

    def place(self, line: int, column: str | None = None) -> Place:
        """Return the place of a row or of one of its cells, whose column is given by its name."""
        heading = self.headings.get(column, column) if column else None
        return Place(shown(self.path, self.project), line, heading)


def table_files(project: Path) -> list[Path]:
    """Return the project's CSV files that have CSVW metadata, in a fixed order."""
    return sorted(path for path in project.glob("data/*.csv") if metadata_of(path).exists())


def metadata_of(path: Path) -> Path:
    """Return where the CSVW metadata of a CSV file stands."""
    return path.with_name(path.name + "-metadata.json")


def read_table(path: Path, project: Path) -> SourceTable:
    """Return a table, checked against its description; cells go by the columns' names.

    Raises TableError with a problem for each wrong header, missing value, value of a wrong
    form and repeated key, with file, row and column.
    """
    schema = read_schema(metadata_of(path), project)
    records = list(_records(path, project))
    headings = records[0][1] if records else []
    header = [schema.name_of(heading) for heading in headings]
    _check_header(header, schema, Place(shown(path, project), 1))
    rows = tuple((line, dict(zip(header, record, strict=True))) for line, record in records[1:])
    table = SourceTable(path, project, schema, rows, dict(zip(header, headings, strict=True)))
    problems = [*_cell_problems(table), *_key_problems(table)]
    if problems:
        raise TableError.of(problems)
    return table


def _records(path: Path, project: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which the record begins, cells), with every record as long as the header."""
    reader = csv.reader(io.StringIO(read_text(path, project), newline=""), strict=True)
    width, line = 0, 1
    try:
        for record in reader:
            width = width or len(record)
            if len(record) != width:
                raise _wrong_width(Place(shown(path, project), line), len(record), width)
            yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(
            Text("CSVの書き方に誤りがあります（{why}）。", "The CSV is malformed ({why}).").format(
                why=error
            ),
            Text('引用符「"」の対応を確かめてください。', 'Check that quotes " come in pairs.'),
            Place(shown(path, project), line),
        ) from error


def _wrong_width(place: Place, found: int, expected: int) -> TableError:
    return TableError(
        Text(
            "列の数が{found}で、見出しの{expected}と合いません。",
            "{found} cells, but the header has {expected}.",
        ).format(found=found, expected=expected),
        Text("カンマの過不足を確かめてください。", "Look for a missing or an extra comma."),
        place,
    )


def _check_header(header: list[str], schema: Schema, place: Place) -> None:
    names = schema.names
    missing = Text("列「{name}」がありません。", 'Column "{name}" is missing.')
    repeated = Text("列「{name}」が重複しています。", 'Column "{name}" is repeated.')
    unknown = Text("列「{name}」は説明にない列です。", 'Column "{name}" is not described.')
    problems = [
        *(
            _header_problem(place, schema.called(name), missing)
            for name in names
            if name not in header
        ),
        *(
            _header_problem(place, name, repeated if name in names else unknown)
            for name in dict.fromkeys(header)
            if name not in names or header.count(name) > 1
        ),
    ]
    if problems:
        raise TableError.of(problems)


def _header_problem(place: Place, name: str, what: Text) -> Problem:
    remedy = Text(
        "1行目の見出しを {file}-metadata.json の列名に合わせてください。",
        "Make the first line agree with the column names in {file}-metadata.json.",
    )
    return Problem(what.format(name=name), remedy.format(file=place.file), place)


def _cell_problems(table: SourceTable) -> Iterator[Problem]:
    columns = [column for column in table.schema.columns if not column.virtual]
    for line, row in table.rows:
        for column in columns:
            cell = row[column.name]
            if cell in column.null:
                if column.required:
                    yield _missing_value(table.place(line, column.name))
            elif not column.accepts(cell):
                yield _wrong_form(column, cell, table.place(line, column.name))


def _missing_value(place: Place) -> Problem:
    return Problem(
        Text("値がありません（必須の列です）。", "The value is missing (required column)."),
        Text("値を入れてください。", "Fill it in."),
        place,
    )


def _wrong_form(column: Column, cell: str, place: Place) -> Problem:
    return Problem(
        Text(
            "「{cell}」は形式（{form}）に合いません。", '"{cell}" does not have the form {form}.'
        ).format(cell=cell, form=column.form),
        Text(
            "先頭の0の欠落や全角文字がないか確かめてください。",
            "Look for a lost leading zero or full-width characters.",
        ),
        place,
    )


def _key_problems(table: SourceTable) -> Iterator[Problem]:
    names = table.schema.key
    seen: dict[tuple[str, ...], int] = {}
    for line, row in table.rows if names else ():
        key = tuple(row[name] for name in names)
        first = seen.setdefault(key, line)
        if first != line:
            yield Problem(
                Text(
                    "キー「{key}」が{first}行目と重複しています。",
                    'Key "{key}" repeats line {first}.',
                ).format(key=", ".join(key), first=first),
                Text(
                    "どちらかの行を直すか削除してください。", "Correct or remove one of the rows."
                ),
                table.place(line, names[0]),
            )


def statements_of(table: SourceTable, iris: Iris) -> Iterator[Statement]:
    """Yield the statements of a table: one for each filled cell and each virtual column.

    Raises TableError for a cell that makes an address which is none.
    """
    null = {column.name: column.null for column in table.schema.columns}
    published = [column for column in table.schema.columns if column.published]
    for line, row in table.rows:
        filled = {name: cell for name, cell in row.items() if cell not in null[name]}
        for column in published:
            name = None if column.virtual else column.name
            try:
                triple = _triple(column, filled, iris)
            except ValueError as error:
                raise _no_address(str(error), table.place(line, column.name)) from error
            if triple is not None:
                heading = table.headings.get(name) if name else None
                yield Statement(triple, column.graph or "", Origin(table.path, line, heading))


def _no_address(value: str, place: Place) -> TableError:
    return TableError(
        Text("「{value}」はIRIになりません。", '"{value}" makes no IRI.').format(value=value),
        Text(
            "値と、CSVWメタデータの接頭辞や書式を確かめてください。",
            "Check the value, and prefix and template in the CSVW metadata.",
        ),
        place,
    )


def _triple(column: Column, row: Row, iris: Iris) -> Triple | None:
    if not (column.virtual or column.name in row):
        return None
    subject = _expanded(column.about, row, iris)
    predicate = _expanded(column.predicate, row, iris)
    object_ = _object(column, row, iris)
    if subject is None or predicate is None or object_ is None:
        return None
    return subject, predicate, object_


def _object(column: Column, row: Row, iris: Iris) -> Term | None:
    if column.value is not None:
        return _expanded(column.value, row, iris)
    cell = row[column.name]
    if column.base == "string":
        return ox.Literal(cell, language=column.language) if column.language else ox.Literal(cell)
    return ox.Literal(cell, datatype=ox.NamedNode(ns.XSD + column.base))


def _expanded(template: Any, row: Row, iris: Iris) -> ox.NamedNode | None:
    """Return the IRI of a URI template, or None if the row leaves one of its variables empty.

    Raises ValueError with the expanded template if that is no IRI, or leaves the base.
    """
    if template is None or not template.variable_names <= row.keys():
        return None
    value = _with_letters(template.expand(**row), (row[name] for name in template.variable_names))
    try:
        return ox.NamedNode(_absolute(value, iris))
    except ValueError as error:
        raise ValueError(value) from error


def _with_letters(address: str, cells: Iterable[str]) -> str:
    """Return an address with the letters of cells as they are: RDF names things by IRIs.

    A template (RFC 6570, section 1.6) makes a URI, in which what is not ASCII is encoded; the IRI
    that others publish, and that triples are joined by, is another name for an RDF store.

    >>> _with_letters("http://example.jp/%E6%B5%9C", ["浜"])
    'http://example.jp/浜'
    """
    for letters in (run for cell in cells for run in _LETTERS.findall(cell)):
        address = address.replace(quote(letters), letters)
    return address


def _absolute(value: str, iris: Iris) -> str:
    if _ABSOLUTE.match(value):
        return value
    leaves = value.startswith("/") or ".." in value.split("/")
    iri = ns.expand(value) if _PREFIXED.match(value) else iris.of(value)
    if iri is None or leaves:
        raise ValueError(value)
    return iri

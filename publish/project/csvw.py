"""CSV files with CSVW metadata -> statements, row by row ("Generating RDF from Tabular Data").

`data/<name>.csv` is described by `data/<name>.csv-metadata.json`: what its columns are called, may
hold and mean. Its headings are the columns' names or any of their titles, so that a table keeps the
headings that people know. Addresses are resolved against the publication base, and are IRIs:
Japanese stays as it is.

Taken from the "Metadata Vocabulary for Tabular Data": `aboutUrl`, `propertyUrl`, `valueUrl` (URI
templates), `datatype` (with `@id`, if it is one of the project's own), `lang`, `null`, `required`,
`suppressOutput`, `virtual`, `primaryKey`.
The annotation `sd:name` of a table or column names the graph of its statements. A description
that asks for more is refused, so that nothing is left out in silence.

White space around a cell is no part of its value, and rows without any value are none: both are
left out with a note, as is told of other dirt (`publish.dirt`).
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from csvw import metadata as csvw

from publish.dirt import (
    Fault,
    Found,
    blank_rows,
    faults,
    is_blank,
    is_separator_line,
    repeats,
    told,
    trimmed,
)
from publish.eras import LENGTHS, iso_of
from publish.errors import Place, Problem, TableError
from publish.i18n import LANGUAGES, Text
from publish.iris import Iris
from publish.project.turtle_files import Origin, Statement, read_text, shown
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term, Triple

#: What CSVW takes for the language of a cell if none is stated.
_UNDETERMINED = "und"
_SIGNED = r"[+-]?[0-9]+"
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
#: The datatypes that a column can have, each with its lexical form in XML Schema 1.1 part 2:
#: cells become literals as they stand.
_FORMS = {
    "string": r"(?s:.*)",
    "anyURI": r"\S*",
    "integer": _SIGNED,
    "nonNegativeInteger": r"\+?[0-9]+",
    "positiveInteger": r"\+?[0-9]+",
    "decimal": rf"{_SIGNED}(\.[0-9]*)?|[+-]?\.[0-9]+",
    "boolean": "true|false|1|0",
    "date": _DAY + _ZONE,
    "dateTime": f"{_DAY}T{_TIME}{_ZONE}",
    "gYear": "[0-9]{4}" + _ZONE,
    "gYearMonth": "[0-9]{4}-(0[1-9]|1[0-2])" + _ZONE,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its table describes it; a virtual one stands in no file."""

    name: str
    #: what its heading in the file may be instead of the name
    titles: tuple[str, ...]
    virtual: bool
    required: bool
    null: tuple[str, ...]
    datatype: csvw.Datatype | None
    language: str | None
    #: its cells become statements
    published: bool
    graph: str | None
    about: Any
    predicate: Any
    value: Any
    #: its cells hold several values
    separated: bool
    #: its first title in each language, and what its description says of it
    titled: Mapping[str, str] = field(default_factory=dict)
    said: Text | None = None

    @property
    def base(self) -> str:
        """Return the local name of its XML Schema datatype."""
        return "string" if self.datatype is None else str(self.datatype.base)

    @property
    def datatype_id(self) -> str | None:
        """Return the IRI by which its datatype is known (`@id`), if it is none of XML Schema's."""
        return self.datatype.at_props.get("id") if self.datatype else None

    @property
    def form(self) -> str:
        """Return the form that its cells have, as messages show it."""
        return str((self.datatype and self.datatype.format) or self.base)

    @property
    def title(self) -> Text:
        """Return what the column is called in each language, the name if it has no title."""
        ja, en = (self.titled.get(language, self.name) for language in LANGUAGES)
        return Text(ja, en)

    @property
    def range(self) -> Text | None:
        """Return the bounds of its numbers in words, or None if there are none."""
        least = self.datatype.minimum if self.datatype else None
        most = self.datatype.maximum if self.datatype else None
        ja = [
            f"{least}以上" if least is not None else "",
            f"{most}以下" if most is not None else "",
        ]
        en = [
            f"at least {least}" if least is not None else "",
            f"at most {most}" if most is not None else "",
        ]
        return Text("".join(ja), " and ".join(filter(None, en))) if any(ja) else None

    @property
    def is_code(self) -> bool:
        """Tell whether its cells are texts of digits, whose leading zeros mean something."""
        return self.base == "string" and _DIGITS_ONLY.fullmatch(self.form) is not None

    def accepts(self, cell: str) -> bool:
        """Tell whether a cell that is not null has the column's form and range."""
        if not re.fullmatch(_FORMS.get(self.base, ""), cell):
            return False
        try:
            if self.datatype is not None:
                self.datatype.read(cell)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a table in their order, and the names of those that make its key."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Return the names of the columns that stand in the file."""
        return [column.name for column in self.columns if not column.virtual]

    def called(self, name: str) -> str:
        """Return what a column may be called: its name and titles."""
        titles = next(column.titles for column in self.columns if column.name == name)
        return " / ".join(dict.fromkeys((name, *titles)))

    def name_of(self, heading: str) -> str:
        """Return the name of the column that a heading stands for; the heading if it is unknown."""
        if heading in self.names:
            return heading
        titled = (c.name for c in self.columns if not c.virtual and heading in c.titles)
        return next(titled, heading)


def read_schema(path: Path, project: Path) -> Schema:
    """Return the description of a table from its metadata file.

    Raises TableError, with the line of each column whose description cannot be followed.
    """
    text = _text(path, project)
    table = _parsed(text, Place(shown(path, project)))
    described = table.tableSchema
    raw = list(described.columns) if described else []
    schema = Schema(
        tuple(_column(column, table) for column in raw),
        tuple((described.primaryKey if described else None) or ()),
    )
    problems = [
        _problem(name, why, Place(shown(path, project), _line_of(text, name)))
        for name, why in _faults(schema)
    ]
    if problems:
        raise TableError.of(problems)
    return schema


def _text(path: Path, project: Path) -> str:
    if path.exists():
        return read_text(path, project)
    raise TableError(
        Text("CSVWメタデータがありません。", "The CSVW metadata is missing."),
        Text(
            "CSVファイルの列を説明するこのファイルを置いてください。",
            "Add this file, which describes the columns of the CSV file.",
        ),
        Place(shown(path, project)),
    )


def _parsed(text: str, place: Place) -> csvw.Table:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # the library's way to report a mistake
            table: csvw.Table = csvw.Table.fromvalue(json.loads(text))
            return table
    except (ValueError, KeyError, TypeError, AttributeError, UserWarning) as error:
        line: int | None = getattr(error, "lineno", None)
        raise TableError(
            Text(
                "CSVWメタデータが読めません（{why}）。", "The CSVW metadata is unreadable ({why})."
            ).format(why=error),
            Text(
                "JSONの書き方と項目名を確かめてください。", "Check the JSON and its member names."
            ),
            Place(place.file, line or 1),
        ) from error


def _column(column: csvw.Column, table: csvw.Table) -> Column:
    languages = (d.lang for d in (column, table.tableSchema, table) if d is not None)
    return Column(
        name=column.name or "",
        titles=tuple(title for titles in (column.titles or {}).values() for title in titles),
        virtual=column.virtual,
        required=bool(column.inherit("required")),
        null=tuple(column.inherit_null()),
        datatype=column.inherit("datatype"),
        language=next((tag.lower() for tag in languages if tag != _UNDETERMINED), None),
        published=not (column.suppressOutput or table.suppressOutput),
        graph=_graph_name(column) or _graph_name(table),
        about=column.inherit("aboutUrl"),
        predicate=column.inherit("propertyUrl"),
        value=column.inherit("valueUrl"),
        separated=bool(column.inherit("separator")),
        titled={tag: titles[0] for tag, titles in (column.titles or {}).items() if titles},
        said=_said_of(column),
    )


def _said_of(column: csvw.Column) -> Text | None:
    """Return the description of a column, if it is given in both languages."""
    given: Any = column.common_props.get("dc:description")
    members = given if isinstance(given, list) else [given]
    said = {one.get("@language"): one.get("@value") for one in members if isinstance(one, dict)}
    ja, en = (said.get(language) for language in LANGUAGES)
    return Text(str(ja), str(en)) if ja and en else None


def _graph_name(described: csvw.Table | csvw.Column) -> str | None:
    annotation: Any = described.common_props.get("sd:name")
    identifier = annotation.get("@id") if isinstance(annotation, dict) else annotation
    return str(identifier or "").removeprefix("graph/") or None


def _line_of(text: str, name: str) -> int:
    match = re.search(rf'"name"\s*:\s*{re.escape(json.dumps(name, ensure_ascii=False))}', text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _problem(name: str, why: Text, place: Place) -> Problem:
    return Problem(
        Text(
            "列「{name}」の説明に誤りがあります：{why}。",
            'The description of column "{name}" is wrong: {why}.',
        ).format(name=name, why=why),
        Text("CSVWメタデータを直してください。", "Correct the CSVW metadata."),
        place,
    )


def _faults(schema: Schema) -> Iterator[tuple[str, Text]]:
    """Yield (column, what is wrong with its description)."""
    for column in schema.columns:
        if not column.name:
            yield "", Text("name のない列があります", "it has no name")
        if column.base not in _FORMS or not _is_plain(column):
            text = Text("datatype「{name}」は使えません", 'datatype "{name}" cannot be used')
            yield column.name, text.format(name=f"{column.base} {column.form}".strip())
        if column.published:
            for why in _unpublishable(column, schema):
                yield column.name, why
    for name in schema.key:
        if name not in schema.names:
            yield name, Text("primaryKey の列がありません", "primaryKey names no column")


def _is_plain(column: Column) -> bool:
    """Tell whether cells stand in their XML Schema form, which only texts may narrow."""
    return column.base in ("string", "anyURI") or column.form in (column.base, "yyyy-MM-dd")


def _unpublishable(column: Column, schema: Schema) -> Iterator[Text]:
    for member, value in (
        ("sd:name", column.graph),
        ("aboutUrl", column.about),
        ("propertyUrl", column.predicate),
        ("valueUrl", column.value if column.virtual else ""),
    ):
        if value is None:
            yield Text(
                "{member} がありません（公開しない列には suppressOutput を付けます）",
                "it has no {member} (a column not to be published has suppressOutput)",
            ).format(member=member)
    if column.separated:
        yield Text("separator は使えません", "separator cannot be used")
    for template in (column.about, column.predicate, column.value):
        for name in sorted(set(template.variable_names if template else ()) - {*schema.names}):
            yield Text(
                "「{template}」の「{name}」という列はありません",
                '"{template}" names a column "{name}" that does not exist',
            ).format(template=template.uri, name=name)


# -- Rows and statements --------------------------------------------------------------------------

Row = dict[str, str]
Record = tuple[int, list[str]]
#: Rows at the beginning of a file among which its headings are looked for.
_TOP = 10
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
    #: what was found in its cells and rows that keeps nobody from reading it
    notes: tuple[Problem, ...] = field(default=(), compare=False)

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

    Rows without any value are left out, and so is white space around cells, with a note. Raises
    TableError with a problem for each wrong header, row that is none, missing value, value of a
    wrong form and repeated key, with file, row and column.
    """
    schema = read_schema(metadata_of(path), project)
    place = partial(Place, shown(path, project))
    everything = list(_records(path, project))
    records = [record for record in everything if not is_blank(record[1])]
    first, headings = records[0] if records else (1, [])
    headings = [trimmed(heading) for heading in headings]
    header = [schema.name_of(heading) for heading in headings]
    _check_top(records, schema, place(first))
    _check_header(header, schema, place(first))
    named = dict(zip(header, headings, strict=True))
    kept, rows, repeated = _rows(records[1:], named, schema, place)
    table = SourceTable(path, project, schema, rows, named)
    problems = [*repeated, *_cell_problems(table), *_key_problems(table)]
    if problems:
        raise TableError.of(problems)
    blank = [line for line, cells in everything if is_blank(cells)]
    return replace(table, notes=(*blank_rows(blank, place), *told(_dirt(table, kept))))


def _records(path: Path, project: Path) -> Iterator[Record]:
    """Yield (line on which the record begins, cells)."""
    reader = csv.reader(io.StringIO(read_text(path, project), newline=""), strict=True)
    line = 1
    try:
        for record in reader:
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


def _rows(
    records: Sequence[Record], headings: Mapping[str, str], schema: Schema, place: partial[Place]
) -> tuple[list[Record], tuple[tuple[int, Row], ...], list[Problem]]:
    """Return the records that are rows, as they stand and by name, and problems of the others."""
    titles = {column.name: column.titles for column in schema.columns}
    called = [{heading, name, *titles[name]} for name, heading in headings.items()]
    kept, problems = [], []
    for line, cells in records:
        if repeats(cells, called):
            problems.append(Problem(*_HEADINGS_AGAIN, place(line)))
        elif len(cells) != len(headings):
            raise _wrong_width(place(line), len(cells), len(headings))
        else:
            kept.append((line, cells))
    named = ((line, dict(zip(headings, map(trimmed, cells), strict=True))) for line, cells in kept)
    return kept, tuple(named), problems


def _dirt(table: SourceTable, records: Iterable[Record]) -> Iterator[Found]:
    """Yield what is wrong in the cells as they stand in the file, and no error."""
    null = {column.name: column.null for column in table.schema.columns}
    for line, cells in records:
        for name, cell in zip(table.headings, cells, strict=True):
            if cell not in null[name]:
                for fault in faults(cell):
                    around = fault.kind == "around"
                    said = replace(fault, remedy=_TRIMMED) if around else fault
                    yield Found(said, name, partial(table.place, line, name))


def _wrong_width(place: Place, found: int, expected: int) -> TableError:
    return TableError(
        Text(
            "列の数が{found}で、見出しの{expected}と合いません。",
            "{found} cells, but the header has {expected}.",
        ).format(found=found, expected=expected),
        Text("カンマの過不足を確かめてください。", "Look for a missing or an extra comma."),
        place,
    )


def _check_top(records: Sequence[Record], schema: Schema, place: Place) -> None:
    """Raise TableError that names what stands in the place of the headings, if that is known."""
    if not records or _are_headings(records[0][1], schema):
        return
    first = records[0][1]
    if is_separator_line(first):
        raise TableError(*_SEPARATOR_LINE, place)
    mark = next((one for one in ("\t", ";", "|") if _are_headings(first[0].split(one), schema)), "")
    if mark:
        name = {"\t": _TAB}.get(mark, Text(f"「{mark}」", f'"{mark}"'))
        raise TableError(_DELIMITER.format(mark=name), _WITH_COMMAS, place)
    below = (n for n, (_, cells) in enumerate(records[:_TOP]) if _are_headings(cells, schema))
    if above := next(below, 0):
        line = records[above][0]
        raise TableError(_ABOVE.format(line=line, count=above), _FIRST_LINE, place)


def _are_headings(cells: Iterable[str], schema: Schema) -> bool:
    """Tell whether cells are the headings of a table, or most of them."""
    known = {schema.name_of(trimmed(cell)) for cell in cells} & {*schema.names}
    return len(known) * 2 >= len(schema.names) > 0


_TRIMMED = Text(
    "除いて読みました。元の表からも取り除いてください。",
    "It was left out. Remove it from the table as well.",
)
_HEADINGS_AGAIN = (
    Text(
        "見出しを繰り返した行、又は別の言い方の見出しの行で、データではありません。",
        "This row says the headings again, or in other words; it is no data.",
    ),
    Text(
        "この行を削除してください。ほかの見出しは、CSVWメタデータの titles に書けます。",
        "Delete the row. Other headings may be titles in the CSVW metadata.",
    ),
)
_SEPARATOR_LINE = (
    Text(
        "「sep=」の行は区切り文字をExcelに伝えるもので、見出しではありません。",
        'A line "sep=" tells Excel what stands between cells; it is no heading.',
    ),
    Text(
        "この行を削除し、見出しを最初の行に置いてください。",
        "Delete this line, so that the headings come first.",
    ),
)
_TAB = Text("タブ", "a tab")
_DELIMITER = Text(
    "セルの区切りが、カンマではなく{mark}です。", "Between cells stands {mark}, not a comma."
)
_WITH_COMMAS = Text(
    "「CSV UTF-8（コンマ区切り）」として保存し直してください。",
    'Save it again as "CSV UTF-8 (Comma delimited)".',
)
_ABOVE = Text(
    "見出しは{line}行目のようです。その上に、表題などの行が{count}行あります。",
    "The headings seem to be on line {line}; titles or the like stand above (rows: {count}).",
)
_FIRST_LINE = Text("見出しより上の行を削除してください。", "Delete the lines above the headings.")


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
        "この行の見出しを {file}-metadata.json の列名に合わせてください。",
        "Make the headings on this line agree with the column names in {file}-metadata.json.",
    )
    return Problem(what.format(name=name), remedy.format(file=place.file), place)


def _cell_problems(table: SourceTable) -> Iterator[Problem]:
    columns = [column for column in table.schema.columns if not column.virtual]
    position = _position_columns(columns)
    for line, row in table.rows:
        swapped = position if _are_swapped(row, position) else ()
        if swapped:
            values = {"lat": row[swapped[0].name], "long": row[swapped[1].name]}
            what, remedy = _SWAPPED.format(**values), _SWAP.format(**values)
            yield Problem(what, remedy, table.place(line, swapped[0].name))
        for column in columns:
            cell = row[column.name]
            if column in swapped:
                continue
            if cell in column.null:
                if column.required:
                    yield _missing_value(table.place(line, column.name))
            elif fault := _fault(column, cell):
                yield Problem(fault.what, fault.remedy, table.place(line, column.name))


def _position_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return the columns of latitude and longitude, if a table has one of each."""
    by_property = {str(column.predicate and column.predicate.uri): column for column in columns}
    found = [by_property.get(ns.WGS + name) for name in ("lat", "long")]
    return tuple(column for column in found if column) if all(found) else ()


def _are_swapped(row: Row, position: tuple[Column, ...]) -> bool:
    """Tell whether the cells of latitude and longitude are out of range, but not with each other."""
    if not position:
        return False
    latitude, longitude = position
    given = row[latitude.name], row[longitude.name]
    return (
        not any(cell in column.null for cell, column in zip(given, position, strict=True))
        and not latitude.accepts(given[0])
        and not longitude.accepts(given[1])
        and latitude.accepts(given[1])
        and longitude.accepts(given[0])
    )


_SWAPPED = Text(
    "緯度と経度が入れ替わっています（緯度{lat}、経度{long}）。",
    "Latitude and longitude are swapped (latitude {lat}, longitude {long}).",
)
_SWAP = Text(
    "緯度の列を{long}、経度の列を{lat}としてください。",
    "Put {long} into the column of the latitude and {lat} into that of the longitude.",
)


def _missing_value(place: Place) -> Problem:
    return Problem(
        Text("値がありません（必須の列です）。", "The value is missing (required column)."),
        Text("値を入れてください。", "Fill it in."),
        place,
    )


def _fault(column: Column, cell: str) -> Fault | None:
    """Return what is wrong with a cell: dirt that is no value at all, or causes a wrong form."""
    dirt = faults(cell)
    if column.accepts(cell):
        return next((fault for fault in dirt if fault.is_violation), None)
    return dirt[0] if dirt else Fault("form", *_wrong_form(column, cell), is_violation=True)


def _wrong_form(column: Column, cell: str) -> tuple[Text, Text]:
    """Return what is wrong with the form of a cell, and how it should have been written."""
    if (least_most := column.range) and re.fullmatch(_FORMS[column.base], cell):
        return _OUT_OF_RANGE.format(
            cell=cell, title=column.title, range=least_most
        ), _IN_RANGE.format(range=least_most)
    if (iso := iso_of(cell, column.base)) and column.base in LENGTHS:
        return _DATE.format(cell=cell, title=column.title), _WRITE.format(value=iso)
    what = _NO_FORM.format(cell=cell, form=column.form)
    meant = _meant(column, cell)
    if meant:
        return what, meant
    if column.is_code:
        return what, _CODE
    return what, _SAID.format(title=column.title, said=column.said) if column.said else _SEE


def _meant(column: Column, cell: str) -> Text | None:
    """Return a remedy that names the value, if width, zeros or an era keep it from its form."""
    narrow = unicodedata.normalize("NFKC", cell)
    if narrow != cell and column.accepts(narrow):
        return _NARROW.format(value=narrow)
    for datatype in (None, *LENGTHS):  # texts may hold years or dates as well
        if (iso := iso_of(cell, datatype)) and column.base == "string" and column.accepts(iso):
            return _WRITE.format(value=iso)
    if not column.is_code or not narrow.isdecimal():
        return None
    longer = (narrow.rjust(length, "0") for length in range(len(narrow) + 1, len(narrow) + 3))
    full = next((one for one in longer if column.accepts(one)), None)
    return _ZERO.format(value=full) if full else None


#: Patterns of which all that they match has digits only.
_DIGITS_ONLY = re.compile(r"(?:[0-9]|\\d|\[[0-9-]+\]|\{[0-9,]+\}|[()|^$?*+:])+")
_NO_FORM = Text(
    "「{cell}」は形式（{form}）に合いません。", '"{cell}" does not have the form {form}.'
)
_OUT_OF_RANGE = Text(
    "「{title}」は{range}でなければなりません（今の値：{cell}）。",
    "“{title}” must be {range} (now: {cell}).",
)
_IN_RANGE = Text(
    "桁や小数点の位置、ほかの列との取り違えがないか確かめてください。",
    "See whether digits or the decimal point are misplaced, or the value belongs to another column.",
)
_DATE = Text(
    "「{title}」の「{cell}」は、日付のデータの書き方ではありません。",
    "“{cell}” in “{title}” is not how data write a date.",
)
_WRITE = Text("西暦で「{value}」と書いてください。", 'Write "{value}".')
_NARROW = Text(
    "全角文字が入っています。半角で「{value}」と書いてください。",
    'It has full-width characters. Write "{value}".',
)
_ZERO = Text(
    "先頭の0の欠落や桁の写し落としがないか確かめてください（0の欠落なら、列を文字列にして「{value}」）。",
    'Look for a lost leading zero or a digit left out (if it is the zero, make the column text: "{value}").',
)
_CODE = Text(
    "桁数と、先頭の0の欠落や全角文字がないかを確かめてください。",
    "Check the number of digits, and look for a lost leading zero or full-width characters.",
)
_SAID = Text(
    "この列「{title}」には次のとおり書いてください：{said}",
    "Write in this column, “{title}”: {said}",
)
_SEE = Text(
    "CSVWメタデータにあるこの列の形式に合わせて書いてください。",
    "Write it in the form that the CSVW metadata give for this column.",
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
    if column.datatype_id:
        return ox.Literal(cell, datatype=ox.NamedNode(_absolute(column.datatype_id, iris)))
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

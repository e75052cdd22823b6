"""CSVW metadata: what the columns of a CSV file are called, may hold and mean.

Taken from the "Metadata Vocabulary for Tabular Data": `aboutUrl`, `propertyUrl`, `valueUrl` (URI
templates), `datatype`, `lang`, `null`, `required`, `suppressOutput`, `virtual`, `primaryKey`.
The annotation `sd:name` of a table or column names the graph of its statements. A description
that asks for more is refused, so that nothing is left out in silence.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csvw import metadata as csvw

from publish.errors import Place, Problem, TableError
from publish.i18n import Text
from publish.project.turtle_files import read_text, shown

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

    @property
    def base(self) -> str:
        """Return the local name of its XML Schema datatype."""
        return "string" if self.datatype is None else str(self.datatype.base)

    @property
    def form(self) -> str:
        """Return the form that its cells have, as messages show it."""
        return str((self.datatype and self.datatype.format) or self.base)

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
    )


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

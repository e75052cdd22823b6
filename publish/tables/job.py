"""A file that somebody brings, read, linked and handed back: in one format, or all in an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from urllib.parse import quote

from publish.errors import GridError
from publish.i18n import Language, Text
from publish.search.matcher import Matcher
from publish.search.scope import Scope
from publish.tables import export_csvw, export_rdf
from publish.tables.columns import Wish, layout_of
from publish.tables.export_csv import LinkedTable, as_csv, as_excel_csv, as_xlsx, packed
from publish.tables.export_rdf import Relation, Subjects, relation_of
from publish.tables.grid import Limits
from publish.tables.link import Linked, decided, linked
from publish.tables.read import read_table

_UNFIT = re.compile(r"[^\w.\-]+")
_LONGEST = 80
CSV, EXCEL, XLSX, TURTLE = "csv", "excel.csv", "xlsx", "ttl"
CONTEXT, CSVW, ZIP = "context.jsonld", "csv-metadata.json", "zip"


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """A form in which the linked table is handed back."""

    #: what its file name ends in, by which it is chosen
    suffix: str
    media_type: str
    label: Text


OUTPUTS = (
    OutputFormat(CSV, "text/csv; charset=utf-8; header=present", Text("CSV（UTF-8）", "CSV (UTF-8)")),
    OutputFormat(
        EXCEL, "text/csv; charset=utf-8; header=present", Text("CSV（Excel用）", "CSV for Excel")
    ),
    OutputFormat(
        XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Text("Excelブック（XLSX）", "Excel workbook (XLSX)"),
    ),
    OutputFormat(TURTLE, "text/turtle; charset=utf-8", Text("リンクセット（Turtle）", "linkset (Turtle)")),
    OutputFormat(CSVW, "application/csvm+json", Text("CSVWメタデータ", "CSVW metadata")),
    OutputFormat(
        CONTEXT, "application/ld+json",
        Text("JSON-LDのコンテキスト", "JSON-LD context"),
    ),
    OutputFormat(ZIP, "application/zip", Text("全部（ZIP）", "all of them (ZIP)")),
)  # fmt: skip


def output_format(suffix: str) -> OutputFormat | None:
    """Return a form by its suffix, or None if there is no such form."""
    return next((one for one in OUTPUTS if one.suffix == suffix), None)


@dataclass(frozen=True)
class Output:
    """A linked table, ready to be handed back."""

    table: Linked
    language: Language
    #: names of types, by the segment of their paths
    kinds: Mapping[str, Text]
    #: IRI of the data set that rows are linked to
    dataset: str
    template: str | None = None
    chosen_relation: str | None = None

    @cached_property
    def linked_table(self) -> LinkedTable:
        """Return the table with the added columns."""
        return LinkedTable(self.table, self.language, self.kinds)

    @cached_property
    def relation(self) -> Relation:
        """Return how rows relate to what they are linked to."""
        return relation_of(self.table, self.chosen_relation)

    @cached_property
    def stem(self) -> str:
        """Return the name of the file without its ending, as far as file names can have it."""
        name = self.table.grid.name
        stem = _UNFIT.sub("_", name.rpartition(".")[0] or name).strip("._")
        return stem[:_LONGEST] or "table"

    def name(self, suffix: str) -> str:
        """Return the name of a file that is handed back."""
        inner = f"{CSV}-metadata.json" if suffix == CSVW else suffix
        return f"{self.stem}.linked.{inner}"

    @cached_property
    def subjects(self) -> Subjects:
        """Return the names of the rows; raises GridError for a template that cannot be used.

        Rows without a template are those of the table as it was brought, or of the linked CSV where
        that was a workbook, whose rows have no address.
        """
        return Subjects.of(self.table.grid, quote(self._own), self.template, not self._is_text)

    def named(self) -> Output:
        """Return itself; raises GridError, before anything is written, if rows get no names."""
        self.subjects.of_row(0)
        return self

    @property
    def _is_text(self) -> bool:
        return self.table.grid.form.encoding is not None

    @property
    def _own(self) -> str:
        return self.table.grid.name if self._is_text else self.name(CSV)

    def write(self, suffix: str) -> bytes:
        """Return the file in a form; raises GridError for a template that cannot be used."""
        if suffix == ZIP:
            return packed(self.parts())
        return self._writers[suffix]()

    @cached_property
    def _writers(self) -> dict[str, Callable[[], bytes]]:
        table, relation = self.linked_table, self.relation
        return {
            CSV: lambda: as_csv(table),
            EXCEL: lambda: as_excel_csv(table),
            XLSX: lambda: as_xlsx(table),
            TURTLE: lambda: export_rdf.as_turtle(self.table, self.subjects, relation, self.dataset),
            CSVW: lambda: export_csvw.csvw_of_linked(
                table, quote(self.name(CSV)), self.subjects, relation
            ),
            CONTEXT: lambda: export_csvw.context_of(table, relation),
        }

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield all files with their names."""
        for suffix, write in self._writers.items():
            yield self.name(suffix), write()
        own = export_csvw.csvw_of_own(
            self.linked_table, quote(self._own), self.subjects, self.relation
        )
        if own is not None:
            yield f"{self._own}-metadata.json", own


# -- From the file to what is handed back ----------------------------------------------------------

_LONGEST_NAME = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Target:
    """The data that a table is linked to."""

    matcher: Matcher
    scope: Scope
    #: types of things by the segment of their IRIs
    kinds: Mapping[str, Text]
    #: IRI of the data set
    dataset: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """How a table is to be read, linked and handed back."""

    #: name of the file; directories are left out
    name: str
    language: Language = "ja"
    wish: Wish = field(default_factory=Wish)
    encoding: str | None = None
    sheet: str | None = None
    #: what a person decided: number of a row -> IRI of a candidate, or "" for none
    choices: Mapping[int, str] = field(default_factory=dict)
    #: the rows' IRIs, and the relation by its short name (`publish.tables.export_rdf`)
    template: str | None = None
    relation: str | None = None

    @property
    def file(self) -> str:
        """Return the name of the file without directories."""
        name = PurePath(self.name.replace("\\", "/")).name[-_LONGEST_NAME:]
        return _CONTROL.sub("", name).lstrip(".") or "table"


#: Told (rows done, rows in all).
Progress = Callable[[int, int], object]


def carried_out(
    assignment: Assignment,
    data: bytes,
    target: Target,
    limits: Limits,
    progress: Progress = lambda done, total: None,
) -> Output:
    """Return what is handed back for a file.

    Raises GridError for a file that cannot be read, columns and types that do not exist, and a
    template for subjects that cannot be used.
    """
    _check(assignment.wish.kinds, target.kinds)
    grid = read_table(
        data, assignment.file, limits, encoding=assignment.encoding, sheet=assignment.sheet
    )
    wish, scope, matcher = assignment.wish, target.scope, target.matcher
    layout = layout_of(grid, matcher, scope, wish)
    total = len(grid.rows)
    table = linked(grid, layout, matcher, scope, wish, lambda done: progress(done, total))
    output = Output(
        decided(table, assignment.choices) if assignment.choices else table,
        assignment.language,
        target.kinds,
        target.dataset,
        assignment.template,
        assignment.relation,
    )
    return output.named()


def _check(wanted: tuple[str, ...], kinds: Mapping[str, Text]) -> None:
    for name in wanted:
        if name not in kinds:
            listed = ", ".join(kinds)
            raise GridError(
                Text("種別「{name}」はありません。", 'There is no type "{name}".').format(
                    name=name[:60]
                ),
                Text("ある種別：{names}", "These exist: {names}").format(names=listed),
            )

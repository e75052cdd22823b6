"""What is handed back for a table: one file in a form, or all of them in an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from publish.i18n import Language, Text
from publish.tables import bonds, export_csvw
from publish.tables.export_csv import Linkage, as_csv, as_excel_csv, as_xlsx, packed
from publish.tables.export_rdf import Relation, Subjects, relation_of
from publish.tables.outcomes import Linked

_UNFIT = re.compile(r"[^\w.\-]+")
_LONGEST = 80
CSV, EXCEL, XLSX, TURTLE = "csv", "excel.csv", "xlsx", "ttl"
CONTEXT, CSVW, ZIP = "context.jsonld", "csv-metadata.json", "zip"


@dataclass(frozen=True, slots=True)
class Output:
    """A form in which the linked table is handed back."""

    #: what its file name ends in, by which it is chosen
    suffix: str
    media_type: str
    label: Text


OUTPUTS = (
    Output(CSV, "text/csv; charset=utf-8; header=present", Text("CSV（UTF-8）", "CSV (UTF-8)")),
    Output(
        EXCEL, "text/csv; charset=utf-8; header=present", Text("CSV（Excel用）", "CSV for Excel")
    ),
    Output(
        XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Text("Excelブック（XLSX）", "Excel workbook (XLSX)"),
    ),
    Output(TURTLE, "text/turtle; charset=utf-8", Text("リンクセット（Turtle）", "linkset (Turtle)")),
    Output(CSVW, "application/csvm+json", Text("CSVWメタデータ", "CSVW metadata")),
    Output(
        CONTEXT, "application/ld+json",
        Text("JSON-LDのコンテキスト", "JSON-LD context"),
    ),
    Output(ZIP, "application/zip", Text("全部（ZIP）", "all of them (ZIP)")),
)  # fmt: skip


def output(suffix: str) -> Output | None:
    """Return a form by its suffix, or None if there is no such form."""
    return next((one for one in OUTPUTS if one.suffix == suffix), None)


@dataclass(frozen=True)
class Parcel:
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
    def linkage(self) -> Linkage:
        """Return the table with the added columns."""
        return Linkage(self.table, self.language, self.kinds)

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

    def named(self) -> Parcel:
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
        linkage, relation = self.linkage, self.relation
        return {
            CSV: lambda: as_csv(linkage),
            EXCEL: lambda: as_excel_csv(linkage),
            XLSX: lambda: as_xlsx(linkage),
            TURTLE: lambda: bonds.as_turtle(self.table, self.subjects, relation, self.dataset),
            CSVW: lambda: export_csvw.csvw_of_linked(
                linkage, quote(self.name(CSV)), self.subjects, relation
            ),
            CONTEXT: lambda: export_csvw.context_of(linkage, relation),
        }

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Yield all files with their names."""
        for suffix, write in self._writers.items():
            yield self.name(suffix), write()
        own = export_csvw.csvw_of_own(self.linkage, quote(self._own), self.subjects, self.relation)
        if own is not None:
            yield f"{self._own}-metadata.json", own

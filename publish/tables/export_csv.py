"""Linked rows as tables: the same rows with what they are linked to, as CSV and XLSX.

The same rows and links give the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from publish.browse.csvw_tables import BOM, harmless
from publish.i18n import Language, Text
from publish.search.candidate import Candidate
from publish.tables.link import Linked, Outcome

URI = "uri"
#: The columns that are added: name, heading.
ADDED = (
    (URI, Text("リンク先URI", "link_uri")),
    ("label", Text("リンク先名称", "link_label")),
    ("type", Text("リンク先種別", "link_type")),
    ("score", Text("一致スコア", "link_score")),
    ("reason", Text("判断理由", "link_reason")),
    ("review", Text("要確認", "link_needs_review")),
    ("candidates", Text("候補", "link_candidates")),
)
_FLAGS = {True: Text("はい", "true"), False: Text("いいえ", "false")}
#: The day of all files: archives need one, and that of the making would change the bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
#: What XML cannot hold.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What the library takes for a formula, or for one of Excel's error values.
_SPECIAL = ("=", "#")
_SCORE = 3
_SHEET = Text("リンク済み", "linked")


@dataclass(frozen=True)
class LinkedTable:
    """A linked table with what writers need: the language, and what types are called."""

    table: Linked
    language: Language
    #: names of types, by the segment of their paths
    kinds: Mapping[str, Text]

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Return the headings: those of the table as they stand, and the added ones."""
        own = self.table.grid.headings
        return (*own, *(self._free(text.in_(self.language)) for _, text in ADDED))

    def _free(self, heading: str) -> str:
        """Return a heading that the table does not have: it may have been linked before."""
        taken, number, free = {*self.table.grid.headings}, 2, heading
        while free in taken:
            free, number = f"{heading}_{number}", number + 1
        return free

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows as they stand, and what each is linked to."""
        for row, outcome in zip(self.table.grid.rows, self.table.outcomes, strict=True):
            yield (*row.cells, *self.added(outcome))

    def added(self, outcome: Outcome) -> tuple[str, ...]:
        """Return what is added to a row; nothing says where it leads unless that is settled."""
        chosen = outcome.chosen
        return (
            chosen.iri if chosen else "",
            chosen.name.in_(self.language) if chosen else "",
            self.kind(chosen) if chosen else "",
            "" if outcome.score is None else f"{outcome.score:.1f}",
            outcome.reason.in_(self.language),
            _FLAGS[outcome.state == "review"].in_(self.language),
            "" if chosen else self.candidates(outcome.candidates),
        )

    def kind(self, candidate: Candidate) -> str:
        """Return what the type of a candidate is called."""
        text = self.kinds.get(candidate.kind)
        return text.in_(self.language) if text else candidate.kind

    def candidates(self, found: Sequence[Candidate]) -> str:
        """Return candidates in one cell."""
        return " | ".join(f"{self.named(one)} <{one.iri}> {one.score:.1f}" for one in found)

    def named(self, candidate: Candidate) -> str:
        """Return the name of a candidate, with what tells it from others of that name."""
        name = candidate.name.in_(self.language)
        where = candidate.where.in_(self.language) if candidate.where else ""
        around = "（{}）" if self.language == "ja" else " ({})"
        return name + around.format(where) if where else name


def as_csv(linked: LinkedTable) -> bytes:
    """Return the table as CSV (RFC 4180): UTF-8 without byte order mark, lines end in CRLF."""
    return _written(chain([linked.headings], linked.rows()))


def as_excel_csv(linked: LinkedTable) -> bytes:
    """Return the table as CSV for Excel: a byte order mark, and no cell that is a formula."""
    rows = (tuple(map(harmless, row)) for row in chain([linked.headings], linked.rows()))
    return _written(rows, BOM)


def _written(rows: Iterable[Sequence[str]], mark: str = "") -> bytes:
    """Return rows as CSV; encoded as they come, for a large table as text takes twice its bytes."""
    output = io.BytesIO()
    text = io.TextIOWrapper(output, "utf-8", newline="")
    text.write(mark)
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    text.detach()
    return output.getvalue()


def as_xlsx(linked: LinkedTable) -> bytes:
    """Return the table as a workbook. All cells are texts, but for the scores: no formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET.in_(linked.language))
    sheet.freeze_panes = "A2"
    score = len(linked.table.grid.headings) + _SCORE
    sheet.append([_cell(sheet, heading) for heading in linked.headings])
    for row in linked.rows():
        cells: list[object] = [_cell(sheet, cell) for cell in row]
        cells[score] = float(row[score]) if row[score] else None
        sheet.append(cells)
    output = io.BytesIO()
    book.save(output)
    return repacked(output.getvalue())


def _cell(sheet: object, text: str) -> object:
    """Return a cell that is a text, whatever it looks like."""
    plain = _ILLEGAL.sub("�", text)
    if not plain.startswith(_SPECIAL):
        return plain or None
    cell = WriteOnlyCell(sheet, plain)  # type: ignore[arg-type]
    cell.data_type = "s"
    return cell


def repacked(archive: bytes) -> bytes:
    """Return a workbook with a fixed day everywhere: the same bytes for the same cells."""
    day = datetime(*_DAY[:3]).isoformat().encode() + b"Z"
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        parts = [(name, _MODIFIED.sub(rb"\g<1>" + day, old.read(name))) for name in old.namelist()]
    return packed(parts)


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files as a ZIP archive, in their order, the same bytes each time."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return output.getvalue()

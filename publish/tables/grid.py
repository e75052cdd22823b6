"""A table that somebody brings: its headings and rows as they stand there, within limits.

Nothing is corrected in silence: a row that is longer or shorter than the headings is an error with
its place, and what was noticed while reading (empty rows, headings that repeat) is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from publish.errors import GridError, Place, Problem
from publish.i18n import Text

#: Problems that one error carries; who mends twenty rows knows how to mend the others.
_MOST_PROBLEMS = 20
#: Characters of a cell or heading that a message shows.
_SHOWN = 40
#: A heading is repeated wherever its column is named.
_LONGEST_HEADING = 300
#: Rows after which the progress is told.
_TOLD = 1 << 10


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a table may be."""

    bytes: int = 50 << 20
    rows: int = 1_000_000
    columns: int = 500
    #: characters of a cell: as many as a cell of XLSX holds
    characters: int = 32_767
    #: characters of all cells: those of a workbook can say one long text many times
    text: int = 200 << 20
    #: bytes of a workbook when it is unpacked
    unpacked: int = 500 << 20
    #: told now and then how many rows there are; raises what is to end the work
    progress: Callable[[int], object] = lambda _: None


class Row(NamedTuple):
    """A row: its number in the file (the headings are row 1), its line, and its cells."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """In what form a table was written: what is needed to read it again."""

    label: Text
    #: of a text: its encoding, as the Encoding Standard names it, and what stands between cells
    encoding: str | None = None
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its headings and the rows that are not empty."""

    #: name of its file
    name: str
    form: Form
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    #: what was noticed while it was read
    notes: tuple[Text, ...]
    #: it has rows without any value, which are left out
    has_blanks: bool = False

    def column(self, name: str) -> int | None:
        """Return the position of the first column with a heading, or None if there is none."""
        wanted = name.strip()
        return next((n for n, one in enumerate(self.headings) if one.strip() == wanted), None)


Records = Iterable[tuple[int, Sequence[str]]]


def made(name: str, form: Form, records: Records, limits: Limits, notes: Iterable[Text]) -> Grid:
    """Return a table from (line, cells), of which the first that is not empty are the headings.

    Raises GridError for a table without headings, without rows or over a limit, and for rows that
    are not as long as the headings, the first twenty with their places.
    """
    rows = _filled(name, records, limits)
    first = next(rows, None)
    if first is None:
        raise GridError(*_EMPTY, Place(name))
    headings = tuple(cell.strip() for cell in first.cells)
    if len(headings) > limits.columns:
        raise _over(_COLUMNS, limits.columns, Place(name, first.line))
    if any(len(heading) > _LONGEST_HEADING for heading in headings):
        raise GridError(*_LONG_HEADING, Place(name, first.line))
    kept, problems = [], []
    for row in rows:
        if len(row.cells) != len(headings):
            problems.append(_ragged(Place(name, row.line), len(row.cells), len(headings)))
            if len(problems) == _MOST_PROBLEMS:
                break
        kept.append(row)
        if len(kept) > limits.rows:
            raise _over(_ROWS, limits.rows, Place(name, row.line))
        if not len(kept) % _TOLD:
            limits.progress(len(kept))
    if problems:
        raise GridError.of(problems)
    if not kept:
        raise GridError(*_NO_ROWS, Place(name, first.line))
    blank = kept[-1].number - first.number - len(kept)
    said = (*notes, *_noticed(headings, blank))
    return Grid(name, form, headings, tuple(kept), said, has_blanks=blank > 0 or first.number > 1)


def _filled(name: str, records: Records, limits: Limits) -> Iterator[Row]:
    """Yield the rows that have a value; all count."""
    most, left = limits.characters, limits.text
    for number, (line, cells) in enumerate(records, 1):
        if any(cells):
            if any(len(cell) > most for cell in cells):
                raise _too_long(name, line, cells, most)
            left -= sum(map(len, cells))
            if left < 0:
                raise _over(_TEXT, limits.text, Place(name, line))
            if any(map(str.strip, cells)):
                yield Row(number, line, tuple(cells))


def _noticed(headings: Sequence[str], blank: int) -> Iterator[Text]:
    if blank:
        yield _BLANK.format(count=blank)
    empty = [str(n) for n, heading in enumerate(headings, 1) if not heading]
    if empty:
        listed = Text("、".join(empty), ", ".join(empty))
        yield _UNNAMED.format(columns=listed)
    for heading, count in Counter(filter(None, headings)).items():
        if count > 1:
            yield _REPEATED.format(name=shown(heading), count=count)


def shown(text: str) -> str:
    """Return the beginning of a text from a table, as messages show it."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _too_long(name: str, line: int, cells: Sequence[str], most: int) -> GridError:
    column, cell = next((n, cell) for n, cell in enumerate(cells, 1) if len(cell) > most)
    return GridError(
        Text(
            "{column}列目のセルが長すぎます（{length}文字、上限 {most}文字）。",
            "The cell in column {column} is too long ({length} characters, at most {most}).",
        ).format(column=column, length=f"{len(cell):,}", most=f"{most:,}"),
        Text(
            "引用符「\"」の閉じ忘れがないか確かめるか、長い文章の列を除いてください。",
            'Look for a quote " that is not closed, or leave out columns of long texts.',
        ),
        Place(name, line),
    )  # fmt: skip


def _over(what: Text, most: int, place: Place) -> GridError:
    return GridError(
        Text("{what}が上限（{most}）を超えています。", "Too many {what} (at most {most}).").format(
            what=what, most=f"{most:,}"
        ),
        Text("ファイルを分けてください。", "Split the file."),
        place,
    )


def _ragged(place: Place, found: int, expected: int) -> Problem:
    return Problem(
        Text(
            "セルの数が{found}で、見出しの数（{expected}）と合いません。",
            "The row has {found} cells, the headings are {expected}.",
        ).format(found=found, expected=expected),
        Text(
            "区切り文字の過不足と、引用符の対応を確かめてください。見出しは1行目に置きます。",
            "Look for missing or extra delimiters and quotes. Headings belong in the first row.",
        ),
        place,
    )


_COLUMNS = Text("列の数", "columns")
_TEXT = Text("文字の数", "characters")
_ROWS = Text("行の数", "rows")
_EMPTY = (
    Text("表に何も書かれていません。", "The table is empty."),
    Text("見出しと1行以上のデータが必要です。", "It needs headings and at least one row."),
)
_LONG_HEADING = (
    Text("見出しが長すぎます。", "A heading is too long."),
    Text("1行目に、短い見出しを置いてください。", "Put short headings into the first row."),
)
_NO_ROWS = (
    Text("見出しだけで、データの行がありません。", "There are headings, but no rows."),
    Text("2行目からデータを置いてください。", "Put data from the second row on."),
)
_BLANK = Text("空の行を{count}行、飛ばしました。", "Rows without any value were left out: {count}.")
_UNNAMED = Text(
    "見出しのない列があります（{columns}列目）。", "There are columns without heading: {columns}."
)
_REPEATED = Text(
    "見出し「{name}」の列が{count}列あります。最初の列を使います。",
    'The heading "{name}" stands above {count} columns; the first is used.',
)

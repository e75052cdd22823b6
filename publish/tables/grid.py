"""A table that somebody brings: its headings and rows as they stand there, within limits.

Nothing is corrected in silence: a row that is longer or shorter than the headings is an error with
its place, and what was noticed while reading (empty rows, headings that repeat, dirt in cells) is
told. Cells stay as they stand: they are handed back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from publish.dirt import (
    Found,
    faults,
    is_blank,
    is_separator_line,
    is_suspect,
    listed,
    repeats,
    told,
)
from publish.errors import GridError, Place, Problem
from publish.i18n import Text
from publish.tables.headings import known

#: Problems that one error carries; who mends twenty rows knows how to mend the others.
_MOST_PROBLEMS = 20
#: Characters of a cell or heading that a message shows.
_SHOWN = 40
#: A heading is repeated wherever its column is named.
_LONGEST_HEADING = 300
#: Rows after which the progress is told.
_TOLD = 1 << 10
#: Rows at the beginning among which headings are looked for, and headings in other words.
_TOP, _FIRST = 10, 5
#: Kinds of dirt that are told, each with its column.
_MOST_DIRT = 20


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
    #: it begins with a line that is no row: it tells Excel what stands between cells
    has_separator_line: bool = False

    def column(self, name: str) -> int | None:
        """Return the position of the first column with a heading, or None if there is none."""
        wanted = name.strip()
        return next((n for n, one in enumerate(self.headings) if one.strip() == wanted), None)


Records = Iterable[tuple[int, Sequence[str]]]


def made(name: str, form: Form, records: Records, limits: Limits, notes: Iterable[Text]) -> Grid:
    """Return a table from (line, cells), of which the first that is not empty are the headings.

    Raises GridError for a table without headings, without rows or over a limit, for titles above
    the headings, and for rows that are not as long as the headings, the first twenty with their
    places.
    """
    blank: list[int] = []
    rows = _filled(name, records, limits, blank)
    top = list(islice(rows, _TOP))
    separator = top.pop(0) if top and is_separator_line(top[0].cells) else None
    headings = _headings(name, top, limits)
    kept = _kept(name, headings, chain(top[1:], rows), limits)
    if not kept:
        raise GridError(*_NO_ROWS, Place(name, top[0].line))
    said = [*notes, *_noticed(headings, blank, separator)]
    said += [*_headings_again(headings, kept), *_dirt(name, headings, kept)]
    return Grid(
        name, form, headings, tuple(kept), tuple(said),
        has_blanks=bool(blank), has_separator_line=separator is not None,
    )  # fmt: skip


def _headings(name: str, top: Sequence[Row], limits: Limits) -> tuple[str, ...]:
    """Return the headings from the first rows."""
    if not top:
        raise GridError(*_EMPTY, Place(name))
    place = Place(name, top[0].line)
    headings = tuple(cell.strip() for cell in top[0].cells)
    if len(headings) > limits.columns:
        raise _over(_COLUMNS, limits.columns, place)
    if below := next(filter(partial(_is_below_title, top[0].cells), top[1:]), None):
        title = next(filter(None, headings))
        what = _TITLE.format(title=shown(title), line=below.line)
        raise GridError(what, _TITLE_REMEDY, place)
    if any(len(heading) > _LONGEST_HEADING for heading in headings):
        raise GridError(*_LONG_HEADING, place)
    return headings


def _is_below_title(first: Sequence[str], row: Row) -> bool:
    """Tell whether a row is the headings, and the first one only what stands above them."""
    cells = [cell for cell in row.cells if not is_blank([cell])]
    filled = len(first) - sum(is_blank([cell]) for cell in first)
    return filled * 2 <= len(cells) and not any(map(known, first)) and any(map(known, cells))


def _kept(name: str, headings: Sequence[str], rows: Iterable[Row], limits: Limits) -> list[Row]:
    """Return the rows below the headings, which are as long as these."""
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
    return kept


def _filled(name: str, records: Records, limits: Limits, blank: list[int]) -> Iterator[Row]:
    """Yield the rows that have a value; all count, and the lines of the others are noted."""
    most, left = limits.characters, limits.text
    for number, (line, cells) in enumerate(records, 1):
        if any(cells):
            if any(len(cell) > most for cell in cells):
                raise _too_long(name, line, cells, most)
            left -= sum(map(len, cells))
            if left < 0:
                raise _over(_TEXT, limits.text, Place(name, line))
            if not is_blank(cells):
                yield Row(number, line, tuple(cells))
                continue
        blank.append(line)


def _headings_again(headings: Sequence[str], rows: Sequence[Row]) -> Iterator[Text]:
    """Yield a note of rows that say the headings again, or in other words; they stay rows."""
    roles = [{one.role for one in known(heading)} for heading in headings]
    names = [(heading,) for heading in headings]

    def in_other_words(cells: Sequence[str]) -> bool:
        columns = zip(cells, roles, names, strict=True)
        alike = (
            {one.role for one in known(cell)} & role or repeats([cell], [name])
            for cell, role, name in columns
        )
        return sum(map(bool, alike)) > 1

    found = [
        row.line
        for number, row in enumerate(rows)
        if (number < _FIRST and (in_other_words(row.cells) or repeats(row.cells, names)))
        or (row.cells[0].strip() == headings[0] and repeats(row.cells, names))
    ]
    if found:
        yield _AGAIN.format(lines=listed(found, len(found)))


def _dirt(name: str, headings: Sequence[str], rows: Iterable[Row]) -> Iterator[Text]:
    """Yield a note for each kind of dirt in a column; white space around cells does no harm."""
    found = (
        Found(fault, str(column), partial(Place, name, row.line, heading or str(column)))
        for row in rows
        if is_suspect("\n".join(row.cells))
        for column, (heading, cell) in enumerate(zip(headings, row.cells, strict=True), 1)
        for fault in faults(cell)
        if fault.kind != "around"
    )
    for one in told(found)[:_MOST_DIRT]:
        place = one.place or Place(name)
        column = shown(place.column or "")
        yield _DIRT.format(line=place.line, column=column, what=one.what, remedy=one.remedy)


def _noticed(
    headings: Sequence[str], blank: Sequence[int], separator: Row | None
) -> Iterator[Text]:
    if separator:
        yield _SEPARATOR.format(line=separator.line)
    if blank:
        yield _BLANK.format(count=len(blank), lines=listed(blank, len(blank)))
    empty = [str(n) for n, heading in enumerate(headings, 1) if not heading]
    if empty:
        yield _UNNAMED.format(columns=Text("、".join(empty), ", ".join(empty)))
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
_BLANK = Text(
    "値のない行を{count}行、飛ばしました（{lines}）。返す表にも入りません。",
    "Rows without any value were left out, also of what is handed back: {count} ({lines}).",
)
_SEPARATOR = Text(
    "{line}行目の「sep=」は、区切り文字の指定として読みました。返す表には入りません。",
    'Line {line} ("sep=") was read as what stands between cells; it is not handed back.',
)
_AGAIN = Text(
    "{lines}は、見出しの繰返しか別の言い方の見出しのようです。データの行として扱ったので、"
    "元の表から削除してください。",
    "This seems to be the headings again, or in other words: {lines}. It was taken for data; "
    "delete it from the table.",
)
_DIRT = Text("{line}行目「{column}」：{what}{remedy}", "Line {line}, {column}: {what} {remedy}")
_TITLE = Text(
    "最初の行（「{title}」）は表題のようで、見出しは{line}行目のようです。",
    'The first row ("{title}") seems to be a title; the headings seem to be on line {line}.',
)
_TITLE_REMEDY = Text("見出しより上の行を削除してください。", "Delete the rows above the headings.")
_UNNAMED = Text(
    "見出しのない列があります（{columns}列目）。", "There are columns without heading: {columns}."
)
_REPEATED = Text(
    "見出し「{name}」の列が{count}列あります。最初の列を使います。",
    'The heading "{name}" stands above {count} columns; the first is used.',
)

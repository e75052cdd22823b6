"""Numbers and dates -> the geometry of charts: bars, tables of counts, time lines.

Charts stretch to the width of the page without their letters growing or shrinking: lengths along
the page are per cent of its width, heights and letters are pixels. So names are readable on a
phone, where they stand above their bars.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: Steps of the scale by which counts are shaded, without the one for nothing.
STEPS = 4
#: Per cent of the width that the longest bar has; its number stands behind it.
_LONGEST = 88.0
#: Pixels: of a line of text, of a bar, and from one bar's end to the next one's name.
LINE, BAR, GAP = 20, 18, 14
#: Width of a name in letters of full width, beyond which it goes on in another line.
_EMS = 22.0
#: No line begins with these.
_CLOSING = "、。，．・：；！？）」』】〉》〕］｝ー々"


def ems(text: str) -> float:
    """Return about how wide a text is, in letters of full width.

    >>> ems("計画"), round(ems("Plan"), 2)
    (2.0, 2.48)
    """
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.62 for one in text)


def lines(text: str, most: float = _EMS) -> tuple[str, ...]:
    """Return a text in lines that are not wider than so many letters of full width.

    Lines end at blanks, or after any letter of full width.
    """
    found, line = list[str](), ""
    for piece in _pieces(text):
        if line and ems(line + piece.rstrip()) > most:
            found.append(line.rstrip())
            line = ""
        line += piece
    return (*found, line.rstrip())


def _pieces(text: str) -> list[str]:
    """Return a text cut where a line may end."""
    pieces = [""]
    for letter in text:
        if letter in _CLOSING and not pieces[-1] and len(pieces) > 1:
            pieces.pop()
        pieces[-1] += letter
        if letter == " " or ems(letter) == 1:
            pieces.append("")
    return [piece for piece in pieces if piece]


def shade(count: int, most: int) -> int:
    """Return the step of a scale from 1 to STEPS for a count, or 0 for nothing.

    >>> [shade(count, 8) for count in (0, 1, 2, 3, 5, 8)]
    [0, 1, 1, 2, 3, 4]
    """
    return math.ceil(min(count, most) * STEPS / most) if count > 0 else 0


def scale(counts: Iterable[int]) -> tuple[tuple[int, int, int], ...]:
    """Return the steps that occur among counts, each with the least and the most of them.

    >>> scale([0, 1, 2, 8, 0])
    ((0, 0, 0), (1, 1, 2), (4, 8, 8))
    """
    known = sorted(counts)
    steps: dict[int, list[int]] = {}
    for count in known:
        steps.setdefault(shade(count, known[-1]), []).append(count)
    return tuple((step, found[0], found[-1]) for step, found in sorted(steps.items()))


# -- Bars -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its name above it: heights in pixels, `length` in per cent."""

    name: tuple[str, ...]
    count: int
    top: int
    length: float

    @property
    def bar_top(self) -> int:
        """Return where the bar begins, below the lines of its name."""
        return self.top + LINE * len(self.name)


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars, one below the other."""

    bars: tuple[Bar, ...]
    height: int
    #: pixels: of a line of a name, of a bar
    line: int = LINE
    thick: int = BAR


def bars(counted: Sequence[tuple[str, int]]) -> Bars:
    """Return the chart of some counts, given with their names."""
    most = max((count for _, count in counted), default=0)
    made, top = list[Bar](), 0
    for name, count in counted:
        bar = Bar(lines(name), count, top, length(count, most))
        made.append(bar)
        # the 0 of an empty bar stands beside its name
        top = bar.bar_top + (BAR + GAP if count else GAP // 2)
    return Bars(tuple(made), max(0, top))


def length(count: int, most: int) -> float:
    """Return how long the bar for a count is where the longest is for `most`, in per cent."""
    return round(count * _LONGEST / most, 1) if most else 0.0


# -- Tables of counts -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A count and the step of its shade."""

    count: int
    step: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts by two things at once: rows from the largest down, columns in their order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def grid(counted: Sequence[tuple[str, str, int]], columns: Sequence[str] = ()) -> Grid:
    """Return a table of counts, given with their row and column; `columns` are their order.

    Rows of which nothing is counted are not there.
    """
    found = {(row, column): count for row, column, count in counted}
    across = tuple(dict.fromkeys([*columns, *(column for _, column, _ in counted)]))
    most = max(found.values(), default=0)
    totals: dict[str, int] = {}
    for (row, _), count in found.items():
        totals[row] = totals.get(row, 0) + count
    # sorted() keeps the given order of those that are equal
    order = sorted((row for row in totals if totals[row]), key=lambda row: -totals[row])
    numbers = {row: [found.get((row, column), 0) for column in across] for row in order}
    return Grid(
        across,
        tuple((row, tuple(Cell(n, shade(n, most)) for n in numbers[row])) for row in order),
    )


# -- Time lines ------------------------------------------------------------------------------------

#: Pixels between the name of a period and its axis, and below the axis: room for names of months.
_ABOVE_AXIS, _BELOW_AXIS = 42, 34
#: Letters of a month as XML Schema writes it.
_MONTH = len("2020-08")


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a date as it is written in XML Schema ("2020-08"), or with none."""

    key: str
    date: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened in a month of a period: where along it (per cent), when, and what."""

    at: float
    date: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with what happened in it."""

    key: str
    #: first and last day; none for what has no time at all
    start: date | None
    end: date | None
    marks: tuple[Mark, ...]
    #: what has no date in it but that of the whole
    undated: tuple[str, ...]
    #: where its quarters begin (per cent)
    ticks: tuple[tuple[float, date], ...]

    @property
    def count(self) -> int:
        """Return how much happened in it."""
        return len(self.undated) + sum(len(mark.keys) for mark in self.marks)


def period(key: str, start: date | None, end: date | None, found: Sequence[Dated]) -> Period:
    """Return a stretch of time with what happened in it; what lies outside counts as undated."""
    marked: dict[str, list[str]] = {}
    undated = list[str]()
    for one in found:
        if _at(one.date, start, end) is None:
            undated.append(one.key)
        else:
            marked.setdefault(one.date[:_MONTH], []).append(one.key)
    marks = [Mark(_at(month, start, end) or 0.0, month, tuple(k)) for month, k in marked.items()]
    return Period(
        key,
        start,
        end,
        tuple(sorted(marks, key=lambda mark: mark.date)),
        tuple(undated),
        tuple(_ticks(start, end)) if start and end else (),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period as it is drawn: its name, then its marks on an axis, then a bar for the rest."""

    period: Period
    top: int
    #: where its axis is, if it has marks, and where its bar begins, if it has one
    axis: int | None
    bar: int | None
    #: per cent
    length: float


@dataclass(frozen=True, slots=True)
class Line:
    """Periods, one below the other."""

    stretches: tuple[Stretch, ...]
    height: int


def line(periods: Sequence[Period]) -> Line:
    """Return the drawing of periods; their bars have one scale."""
    most = max((len(one.undated) for one in periods), default=0)
    made, top = list[Stretch](), 0
    for one in periods:
        below = top + LINE
        axis = below + _ABOVE_AXIS if one.marks else None
        below += _ABOVE_AXIS + _BELOW_AXIS if one.marks else 0
        bar = below + 4 if one.undated else None
        made.append(Stretch(one, top, axis, bar, length(len(one.undated), most)))
        top = below + (BAR + 4 if one.undated else 0) + 2 * GAP
    return Line(tuple(made), max(0, top - 2 * GAP))


def _at(when: str, start: date | None, end: date | None) -> float | None:
    """Return where along a stretch of time a day or the middle of a month is, in per cent."""
    first = span(when)
    if first is None or start is None or end is None or len(when) < _MONTH:
        return None
    begin, finish = first
    middle = (begin.toordinal() + finish.toordinal() + 1) / 2
    at = (middle - start.toordinal()) * 100 / ((end - start).days + 1)
    return round(at, 1) if 0 <= at <= 100 else None


def span(when: str) -> tuple[date, date] | None:
    """Return the first and the last day of a day, month or year as XML Schema writes it.

    >>> span("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    try:
        first = date.fromisoformat(when[:10] + "0000-01-01"[len(when[:10]) :])
    except ValueError:
        return None
    if len(when) > _MONTH:
        return first, first
    after = first.replace(year=first.year + 1) if len(when) == 4 else _next_month(first, 1)
    return first, after - timedelta(days=1)


def _next_month(day: date, more: int) -> date:
    months = day.month - 1 + more
    return date(day.year + months // 12, months % 12 + 1, 1)


def _ticks(start: date, end: date) -> Iterable[tuple[float, date]]:
    days, tick = (end - start).days + 1, start
    while tick <= end:
        yield round((tick - start).days * 100 / days, 1), tick
        tick = _next_month(tick, 3)

"""Numbers -> the geometry of charts.

Charts stretch to the width of the page without their letters growing or shrinking: lengths along
the page are per cent of its width, heights and letters are pixels. So names are readable on a
phone, where they stand above their bars.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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

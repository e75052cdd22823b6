"""Dates -> the geometry of time lines, drawn like charts: see `publish.web.drawing.charts`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from publish.web.drawing.charts import BAR, GAP, LINE, length

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

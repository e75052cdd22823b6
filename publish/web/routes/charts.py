"""Charts: numbers that people would rather look at than read, each with its query and its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, urlencode

from babel.dates import format_date
from flask import Blueprint, Response

from publish.browse.figures import Figure, Form, Row, answer, kind_of_class
from publish.formats import CSV, HTML
from publish.i18n import Language
from publish.web.app.base_path import site
from publish.web.app.respond import Resource
from publish.web.app.respond import answer as responded
from publish.web.app.view import Link, View
from publish.web.drawing import charts
from publish.web.drawing.charts import Dated, Period
from publish.web.views.figures import Rest, Tally, listed, query, rest, tallies

blueprint = Blueprint("charts", __name__)


@dataclass(frozen=True, slots=True)
class Cell:
    """A count in a table of counts, the step of its shade, and the list of what is counted."""

    count: int
    step: int
    listed: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """A mark on a time line: the name of its month, that with the year, and what happened."""

    mark: charts.Mark
    short: str
    whole: str
    things: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a time line; what has no time at all has no name."""

    drawn: charts.Stretch
    name: Link | None
    months: tuple[Month, ...]
    ticks: tuple[tuple[float, str], ...]
    undated: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure in the page's language; of what follows its CSV, what its form needs."""

    figure: Figure
    query: str
    csv: str
    tallies: tuple[Tally, ...] = ()
    bars: charts.Bars | None = None
    rest: Rest | None = None
    columns: tuple[Link, ...] = ()
    rows: tuple[tuple[Link, tuple[Cell, ...]], ...] = ()
    stretches: tuple[Stretch, ...] = ()
    height: int = 0

    @property
    def silent(self) -> tuple[Tally, ...]:
        """Return the values of which no document speaks."""
        return tuple(tally for tally in self.tallies if tally.silence)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is counted."""
        return not (any(t.count for t in self.tallies) or self.rows or self.stretches)


@blueprint.get("/charts")
@blueprint.get("/charts.<suffix>")
def page(suffix: str | None = None) -> Response:
    """Answer with the page of charts."""
    return responded(site(), Resource("charts", (HTML,), page=_page), suffix)


def _page(view: View) -> str:
    made = [chart(view, figure) for figure in view.site.figures]
    return view.render("charts.html", charts=[one for one in made if not one.is_empty])


def chart(view: View, figure: Figure) -> Chart:
    """Return a figure as it is drawn; all its numbers are the answer to its query."""
    asked = query(view, figure)
    parameters = {"query": asked, "format": CSV.suffix}
    csv = f"{view.path('sparql')}?{urlencode(parameters, quote_via=quote)}"
    if figure.form == Form.BARS:
        found = tallies(view, figure)
        bars = charts.bars([(one.link.text, one.count) for one in found if not one.silence])
        more = rest(view, figure)
        return Chart(figure, asked, csv, tallies=tuple(found), bars=bars, rest=more)
    rows = answer(view.site.store, asked, view.site.release.content_graphs)
    if figure.form == Form.GRID:
        return _grid(view, rows, Chart(figure, asked, csv))
    return _line(view, rows, Chart(figure, asked, csv))


def _grid(view: View, rows: Sequence[Row], bare: Chart) -> Chart:
    counted = [(row["row"], row["column"], row.count) for row in rows]
    kind = kind_of_class(view.site.shapes, bare.figure.fields[1].class_)
    known = {column for _, column, _ in counted}
    order = [iri for iri in view.site.members(kind) if iri in known] if kind else ()
    found = charts.grid(counted, order)

    def cells(row: str, across: Sequence[charts.Cell]) -> tuple[Cell, ...]:
        pairs = zip(found.columns, across, strict=True)
        return tuple(
            Cell(cell.count, cell.step, listed(view, bare.figure, row, column))
            for column, cell in pairs
        )

    return replace(
        bare,
        columns=tuple(map(view.named, found.columns)),
        rows=tuple((view.named(row), cells(row, across)) for row, across in found.rows),
    )


# -- Time lines -----------------------------------------------------------------------------------


def _line(view: View, rows: Sequence[Row], bare: Chart) -> Chart:
    by_period = dict[str, list[Row]]()
    for row in rows:
        by_period.setdefault(row["period"] or row["date"][:4], []).append(row)
    none = by_period.pop("", [])
    drawn = charts.line(
        [
            *(_period(key, by_period[key]) for key in sorted(by_period, key=_first(by_period))),
            *([_period("", none)] if none else []),
        ]
    )
    return replace(
        bare,
        stretches=tuple(_stretch(view, stretch) for stretch in drawn.stretches),
        height=drawn.height,
    )


def _first(by_period: Mapping[str, Sequence[Row]]) -> Callable[[str], tuple[str, str]]:
    """Return what periods are sorted by: their first day, else their key."""
    return lambda key: (by_period[key][0]["start"] or key, key)


def _period(key: str, rows: Sequence[Row]) -> Period:
    """Return a period of the data, or a year, or what has no time."""
    whole = charts.span(key) if key.isdigit() else None
    start = charts.span(rows[0]["start"]) or whole
    end = charts.span(rows[0]["end"]) or whole
    things = dict.fromkeys((row["thing"], row["date"]) for row in rows)
    return charts.period(
        key,
        start[0] if start else None,
        end[1] if end else None,
        [Dated(thing, when) for thing, when in things],
    )


def _stretch(view: View, drawn: charts.Stretch) -> Stretch:
    period = drawn.period
    return Stretch(
        drawn,
        _name(view, period),
        tuple(_mark(view, mark) for mark in period.marks),
        tuple((at, _month(view, day)) for at, day in period.ticks),
        tuple(map(view.named, period.undated)),
    )


def _name(view: View, period: Period) -> Link | None:
    if period.key.isdigit() and period.start:
        year = format_date(period.start, _YEARS[view.language], locale=view.language)
        return Link(None, str(year))
    return view.named(period.key) if period.key else None


def _mark(view: View, mark: charts.Mark) -> Month:
    first, _ = charts.span(mark.date) or (date.min, date.min)
    whole = str(format_date(first, _MONTHS[view.language], locale=view.language))
    return Month(mark, _month(view, first), whole, tuple(map(view.named, mark.keys)))


def _month(view: View, day: date) -> str:
    return str(format_date(day, "MMM", locale=view.language))


_YEARS: dict[Language, str] = {"ja": "y年", "en": "y"}
_MONTHS: dict[Language, str] = {"ja": "y年M月", "en": "MMMM y"}

"""Counts and maps in the language of a page: with names, links, and what is read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.browse.facets import Selection, Step
from publish.browse.figures import Figure, Form, answer, kind_of_class, query_of
from publish.browse.labels import Said
from publish.rdf import namespaces as ns
from publish.shacl.shapes import Kind
from publish.web.app.view import Link, View
from publish.web.drawing.charts import ems, scale, shade
from publish.web.drawing.map import Area, Label, Map, readable

#: Heights of names, in units of the map: on a large map in a wide window and in a narrow one, and
#: on a small map.
_WIDE, _NARROW, _SMALL = 19, 31, 21
#: How much wider bold letters are.
_BOLD = 1.05


@dataclass(frozen=True, slots=True)
class Tally:
    """A value and how many things have it; `listed` is the list of those."""

    iri: str
    link: Link
    count: int
    listed: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """An area on a map; `short` is its name without what all names there end in."""

    iri: str
    link: Link
    short: str
    path: str
    at: Label
    #: where things are counted: how many, the list of them, and the step of the shade
    count: int = 0
    listed: str | None = None
    step: int = 0
    #: whether there is room for the name in a wide window, and in a narrow one
    wide: bool = True
    narrow: bool = True


@dataclass(frozen=True, slots=True)
class Apart:
    """A type that is drawn apart: its list, its things, and their outlines."""

    list_: Link
    things: tuple[Link, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedMap:
    """A map whose areas are shaded by what is counted in them."""

    figure: Figure
    width: int
    height: int
    places: tuple[Place, ...]
    apart: tuple[Apart, ...]
    #: steps of the shade that occur, with the least and the most
    legend: tuple[tuple[int, int, int], ...]
    credits: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class SmallMap:
    """Where a place is: highlighted among its like, or inside the area that it lies in."""

    width: int
    height: int
    places: tuple[Place, ...]
    here: Link
    #: the outline of a place that is none of those areas, or its point
    own: str | None
    point: tuple[int, int] | None
    within: Link | None
    beside: tuple[Link, ...]
    credits: tuple[Said, ...]


# -- Counts ---------------------------------------------------------------------------------------


def tallies(view: View, figure: Figure) -> list[Tally]:
    """Return what a figure of bars counts, in the order of the code list or the list of the type.

    The numbers are the answer to the figure's query.
    """
    return [
        Tally(row["value"], view.named(row["value"]), row.count, listed(view, figure, row["value"]))
        for row in answer(view.site.store, query(view, figure), view.site.release.content_graphs)
    ]


def first_bars(view: View, other_than: Figure | None) -> Figure | None:
    """Return the first figure of bars that is another one, or None."""
    bars = (figure for figure in view.site.figures if figure.form == Form.BARS)
    return next((figure for figure in bars if figure != other_than), None)


def query(view: View, figure: Figure) -> str:
    """Return the query behind a figure, with names in the page's language."""
    return query_of(figure, view.site.shapes, view.site.prefixes, view.language)


def listed(view: View, figure: Figure, *values: str) -> str | None:
    """Return the address of the list of things with certain values, one for each of its fields.

    None if the lists of that type cannot be narrowed by them.
    """
    wanted: dict[tuple[Step, ...], str] = {
        (Step(field.path),): value for field, value in zip(figure.fields, values, strict=False)
    }
    chosen = [
        (division.facet.name, (known.key,))
        for division in view.site.index(figure.kind).divisions
        for known in division.values
        if known.term.value == wanted.get(division.facet.path)
    ]
    if len(chosen) != len(values):
        return None
    return view.page(f"doc/{figure.kind.segment}") + Selection(tuple(chosen)).query


# -- Maps -----------------------------------------------------------------------------------------


def map_figure(view: View) -> tuple[Figure, Kind] | None:
    """Return the first figure of bars whose values have outlines, with their type, or None."""
    here = view.site
    for figure in here.figures:
        kind = kind_of_class(here.shapes, figure.fields[0].class_)
        if figure.form == Form.BARS and kind and here.atlas.outlines(kind):
            return figure, kind
    return None


def counted_map(view: View) -> CountedMap | None:
    """Return the map of the home page, or None if nothing that is counted has an outline."""
    found = map_figure(view)
    drawn = view.site.atlas.over_all(found[1], found[0].apart, _WIDE) if found else None
    if found is None or drawn is None:
        return None
    figure, _ = found
    counted = {tally.iri: tally for tally in tallies(view, figure)}
    most = max((tally.count for tally in counted.values()), default=0)
    some = {iri: f" {tally.count:,}" for iri, tally in counted.items() if tally.count}
    shaded = [
        replace(place, count=tally.count, listed=tally.listed, step=shade(tally.count, most))
        for place in _places(view, drawn, (_WIDE, _NARROW), some)
        if (tally := counted.get(place.iri))
    ]
    order = {iri: number for number, iri in enumerate(counted)}
    return CountedMap(
        figure,
        drawn.width,
        drawn.height,
        tuple(sorted(shaded, key=lambda place: order[place.iri])),
        tuple(_apart(view, kind, areas) for kind, areas in drawn.apart),
        scale(place.count for place in shaded),
        _credits(view, figure),
    )


def _places(
    view: View, drawn: Map, sizes: tuple[int, int], first: Mapping[str, str]
) -> list[Place]:
    """Return the areas of a map with their names; `sizes` are for a wide and a narrow window.

    The names of those in `first` yield to no others; in a wide window more stands behind them.
    """
    links = [view.named(iri) for iri, _ in drawn.areas]
    names = short_names([link.text for link in links])
    longer = [name + first.get(iri, "") for name, (iri, _) in zip(names, drawn.areas, strict=True)]
    ahead = {number for number, (iri, _) in enumerate(drawn.areas) if iri in first}
    sides = drawn.width, drawn.height
    wide, narrow = (
        readable(
            [
                (area.label, round(ems(text) * size * _BOLD))
                for text, (_, area) in zip(texts, drawn.areas, strict=True)
            ],
            size,
            sides,
            ahead,
        )
        for texts, size in zip((longer, names), sizes, strict=True)
    )
    return [
        Place(iri, link, name, area.path, area.label, wide=in_wide, narrow=in_narrow)
        for (iri, area), link, name, in_wide, in_narrow in zip(
            drawn.areas, links, names, wide, narrow, strict=True
        )
    ]


def _apart(view: View, kind: Kind, areas: Iterable[tuple[str, Area]]) -> Apart:
    drawn = list(areas)
    return Apart(
        Link(view.page(f"doc/{kind.segment}"), view.said(kind.label)),
        tuple(view.named(iri) for iri, _ in drawn),
        tuple(area.path for _, area in drawn),
    )


def short_names(names: Sequence[str]) -> list[str]:
    """Return names without what all of them end in; in Latin letters only whole words go.

    >>> short_names(["北の地域", "南の地域"]), short_names(["North Area", "South Area"])
    (['北', '南'], ['North', 'South'])
    """
    first = names[0] if len(names) > 1 else ""
    ends = (first[start:] for start in range(len(first)))
    common = next((end for end in ends if all(name.endswith(end) for name in names)), "")
    while common and common[0].isascii() and not common.startswith(" "):
        common = common[1:]
    short = [name.removesuffix(common) for name in names]
    return short if all(short) else list(names)


def _credits(view: View, figure: Figure) -> tuple[Said, ...]:
    citation = ns.DCTERMS + "bibliographicCitation"
    found = (view.site.labels.text(iri, citation, view.language) for iri in figure.sources)
    return tuple(said for said in found if said)


def place_map(view: View, iri: str) -> SmallMap | None:
    """Return the small map for the page of a thing, or None if it cannot be drawn as a place."""
    drawn = view.site.atlas.around(iri, _SMALL)
    if drawn is None:
        return None
    figure = map_figure(view)
    return SmallMap(
        drawn.width,
        drawn.height,
        tuple(_places(view, drawn, (_SMALL, _SMALL), {iri: "", drawn.within: ""})),
        view.named(iri),
        drawn.own.path if drawn.own else None,
        drawn.point,
        view.named(drawn.within) if drawn.within else None,
        tuple(map(view.named, drawn.beside)),
        _credits(view, figure[0]) if figure else (),
    )

"""Counts and maps in the language of a page: with names, links, and what is read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_

from publish.browse.facets import Index, Selection, Step
from publish.browse.figures import Figure, Form, answer, kind_of_class, query_of, query_of_rest
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
    #: what is said in place of the count where no document speaks of the value
    silence: str | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """Things that a figure counts nowhere, and how many of them have a value of another property."""

    name: str
    kind: str
    count: int
    others: tuple[tuple[str, int], ...]
    #: the query that finds them
    query: str


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
    silence: str | None = None
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
    #: what is said of the areas of which no document speaks, if there are any
    silence: str | None
    rest: Rest | None


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
    rows = answer(view.site.store, query(view, figure), view.site.release.content_graphs)
    counted = [(row["value"], row.count) for row in rows]
    return [
        Tally(
            iri,
            view.named(iri),
            count,
            listed(view, figure, iri),
            silence(view, figure.kind, figure.fields[0].class_, iri, count),
        )
        for iri, count in counted
    ]


def silence(view: View, counted: Kind, class_: str | None, iri: str, count: int) -> str | None:
    """Return what is said in place of a count where no document speaks of a value, else None."""
    coverage = view.site.coverage(counted, class_)
    is_silent = coverage is not None and coverage.is_silent(iri, count)
    return view.said(coverage.silence) if coverage and is_silent else None


def rest(view: View, figure: Figure) -> Rest | None:
    """Return what a figure of bars counts nowhere; None if that is nothing, or not known.

    It is known of a property by which the lists of the type can be narrowed. Of the others by which
    bars count the same type, those are told that some of the rest have.
    """
    index = view.site.index(figure.kind)
    names = _facet_of(index, figure), *(_facet_of(index, other) for other in _beside(view, figure))
    if names[0] is None or not any(lacking := index.lacking(names[0])):
        return None
    others = [
        (index.by_name[name].facet.label, sum(compress(lacking, map(not_, index.lacking(name)))))
        for name in names[1:]
        if name
    ]
    return Rest(
        view.said(figure.fields[0].name),
        view.said(figure.kind.label),
        sum(lacking),
        tuple((view.said(label), count) for label, count in others if count),
        query_of_rest(figure, view.site.prefixes, view.language),
    )


def _beside(view: View, figure: Figure) -> list[Figure]:
    """Return the other figures of bars that count the same type."""
    bars = (other for other in view.site.figures if other.form == Form.BARS)
    return [other for other in bars if other.kind == figure.kind and other != figure]


def _facet_of(index: Index, figure: Figure) -> str | None:
    """Return the name of the facet for the first property of a figure, or None."""
    path = (Step(figure.fields[0].path),)
    found = (division.facet for division in index.divisions if division.facet.path == path)
    return next((facet.name for facet in found), None)


def figures_by(view: View, class_: str) -> list[Figure]:
    """Return the figures of bars whose values are things of a class."""
    bars = (figure for figure in view.site.figures if figure.form == Form.BARS)
    return [figure for figure in bars if figure.fields[0].class_ == class_]


def first_bars(view: View, other_than: Figure | None) -> Figure | None:
    """Return the first figure of bars that is another one, or None."""
    bars = (figure for figure in view.site.figures if figure.form == Form.BARS)
    return next((figure for figure in bars if figure != other_than), None)


def query(view: View, figure: Figure) -> str:
    """Return the query behind a figure, with names in the page's language."""
    here = view.site
    coverage = here.coverage(figure.kind, figure.fields[0].class_)
    by_coverage = coverage is not None
    return query_of(figure, here.shapes, here.prefixes, view.language, by_coverage=by_coverage)


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


def counts_by(
    view: View, kind: Kind, members: Iterable[str]
) -> dict[str, tuple[tuple[Tally, str], ...]]:
    """Return what figures count by things of a type, with the name of what is counted, by thing.

    Only of types on which documents may be silent: there a list must tell that from a 0.
    """
    figures = [
        figure
        for figure in figures_by(view, kind.class_)
        if view.site.coverage(figure.kind, kind.class_)
    ]
    counted = [
        ({tally.iri: tally for tally in tallies(view, figure)}, view.said(figure.kind.label))
        for figure in figures
    ]
    return (
        {iri: tuple((of[iri], name) for of, name in counted if iri in of) for iri in members}
        if counted
        else {}
    )


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
        replace(
            place,
            count=tally.count,
            listed=tally.listed,
            step=shade(tally.count, most),
            silence=tally.silence,
        )
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
        scale(place.count for place in shaded if not place.silence),
        _credits(view, figure),
        next((place.silence for place in shaded if place.silence), None),
        rest(view, figure),
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

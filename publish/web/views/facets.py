"""What a list's page shows of its facets: what can be chosen, what is, and each thing's values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from publish.browse.facets import MOST_FACETS, Division, Index, Selection, Step, Value
from publish.browse.labels import Said, in_language
from publish.browse.lists import BY_CODE, BY_DATE, BY_ENGLISH_NAME, BY_NAME
from publish.shacl.shapes import Field, Kind
from publish.web.app.view import View
from publish.web.views import facts

#: Values of a facet that a page offers at once; the next ones can be unfolded.
_AT_ONCE = 10
#: Values of a facet that a page offers at all: those that most things have.
_MOST_OFFERED = 60
#: The orders as a page offers them.
ORDERS = (BY_CODE, BY_NAME, BY_ENGLISH_NAME, BY_DATE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, and how many things that would find."""

    key: str
    name: Said
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of one facet that find something, or are chosen."""

    facet: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    #: as many facets as may be combined are in use, and this is none of them
    is_closed: bool
    #: values that are not offered: there are too many
    left_out: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, the state of the list without it, and how many things that finds."""

    label: str
    name: Said
    without: Selection
    count: int


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of a list with its values by the names of the facets."""

    iri: str
    values: tuple[tuple[str, tuple[Said, ...]], ...]


def choices_of(view: View, index: Index, selection: Selection) -> list[Choices]:
    """Return what can be chosen in a state of a list: of facets by which its things differ."""
    shown = (division for division in index.divisions if _divides(division, index, selection))
    choices = [_choices(view, index, division, selection) for division in shown]
    return [one for one in choices if one.first]


def _divides(division: Division, index: Index, selection: Selection) -> bool:
    everywhere = all(count == len(index.members) for count in division.totals.values())
    return division.facet.name in selection.chosen or not everywhere


def _choices(view: View, index: Index, division: Division, selection: Selection) -> Choices:
    name = division.facet.name
    chosen = selection.chosen.get(name, ())
    counts = index.counts(division, selection.chosen)
    common = {n for n, _ in counts.most_common(_MOST_OFFERED)}
    offered = [
        Choice(value.key, name_of(view, value), counts[n], value.key in chosen)
        for n, value in enumerate(division.values)
        if n in common or value.key in chosen
    ]
    return Choices(
        facet=name,
        label=view.said(division.facet.label),
        first=tuple(offered[:_AT_ONCE]),
        rest=tuple(offered[_AT_ONCE:]),
        is_closed=not chosen and len(selection.choices) >= MOST_FACETS,
        left_out=len(counts) - len(common),
    )


def name_of(view: View, value: Value) -> Said:
    """Return what the page calls a value."""
    said = in_language(value.texts, view.language)
    return said or view.name(value.term.value)


def chips_of(view: View, index: Index, selection: Selection, *, counted: bool) -> list[Chip]:
    """Return what is chosen, each with the way to take it back; what that would find if `counted`."""
    chips = []
    for facet, keys in selection.choices:
        division = index.by_name[facet]
        for key in keys:
            value = division.values[division.numbers[key]]
            without = selection.without(facet, key)
            count = sum(index.having(without.chosen)) if counted else 0
            label = view.said(division.facet.label)
            chips.append(Chip(label, name_of(view, value), without, count))
    return chips


def narrowed_list(view: View, kind: Kind, path: str, iri: str) -> str | None:
    """Return the list of the things of a type that have a value, if it can be narrowed by it."""
    for division in view.site.index(kind).divisions:
        if division.facet.path == (Step(path),):
            for value in division.values:
                if value.term.value == iri:
                    chosen = Selection(((division.facet.name, (value.key,)),))
                    return view.page(f"doc/{kind.segment}") + chosen.query
    return None


def items_of(
    view: View, index: Index, members: tuple[str, ...], dated: Field | None = None
) -> list[Item]:
    """Return things with what is of special interest about them, and with their date if `dated`."""
    places = _places(index, members)
    return [
        Item(iri, (*_dates(view, dated, iri), *_values(view, index, places[iri])))
        for iri in members
    ]


def _dates(view: View, dated: Field | None, iri: str) -> Iterator[tuple[str, tuple[Said, ...]]]:
    if dated is None:
        return
    found = view.site.labels.values(iri, dated.path)
    days = [term for term in found if isinstance(term, ox.Literal)]
    names = [Said(facts.date_in(view.language, day) or day.value, None) for day in days]
    if names:
        yield view.said(dated.name), tuple(names)


def _places(index: Index, members: tuple[str, ...]) -> dict[str, int]:
    wanted = set(members)
    return {iri: place for place, iri in enumerate(index.members) if iri in wanted}


def _values(view: View, index: Index, place: int) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    found = []
    for division in index.divisions:
        names = (name_of(view, division.values[number]) for number in division.of[place])
        found.append((view.said(division.facet.label), tuple(names)))
    return tuple((label, names) for label, names in found if names)

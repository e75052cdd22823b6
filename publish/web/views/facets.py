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
from publish.web.views.figures import silence

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
    #: no document speaks of it
    is_silent: bool


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
    #: values that no thing has because no document speaks of them, and what is said of these
    silent: tuple[Said, ...]
    silence: str | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, the state of the list without it, and how many things that finds."""

    label: str
    name: Said
    without: Selection
    count: int
    #: what is said of a value of which no document speaks
    silence: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of a list with its values by the names of the facets."""

    iri: str
    values: tuple[tuple[str, tuple[Said, ...]], ...]


def choices_of(view: View, kind: Kind, index: Index, selection: Selection) -> list[Choices]:
    """Return what can be chosen in a state of a list: of facets by which its things differ."""
    shown = (division for division in index.divisions if _divides(division, index, selection))
    choices = [_choices(view, kind, index, division, selection) for division in shown]
    return [one for one in choices if one.first]


def _divides(division: Division, index: Index, selection: Selection) -> bool:
    everywhere = all(count == len(index.members) for count in division.totals.values())
    return division.facet.name in selection.chosen or not everywhere


def _choices(
    view: View, kind: Kind, index: Index, division: Division, selection: Selection
) -> Choices:
    name = division.facet.name
    chosen = selection.chosen.get(name, ())
    counts = index.counts(division, selection.chosen)
    common = {n for n, _ in counts.most_common(_MOST_OFFERED)}
    silences = [_silence(view, kind, division, n) for n in range(len(division.values))]
    offered = [
        Choice(value.key, name_of(view, value), counts[n], value.key in chosen, bool(silences[n]))
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
        silent=tuple(
            name_of(view, value)
            for value, said in zip(division.values, silences, strict=True)
            if said
        ),
        silence=next(filter(None, silences), None),
    )


def _silence(view: View, kind: Kind, division: Division, number: int) -> str | None:
    """Return what is said of a value of a facet of which no document speaks, else None."""
    facet, value = division.facet, division.values[number]
    if len(facet.path) > 1 or facet.path[0].inverse:
        return None
    return silence(view, kind, facet.class_, value.term.value, division.totals[number])


def name_of(view: View, value: Value) -> Said:
    """Return what the page calls a value."""
    said = in_language(value.texts, view.language)
    return said or view.name(value.term.value)


def chips_of(
    view: View, kind: Kind, index: Index, selection: Selection, *, counted: bool
) -> list[Chip]:
    """Return what is chosen, each with the way to take it back; what that would find if `counted`."""
    chips = []
    for facet, keys in selection.choices:
        division = index.by_name[facet]
        for key in keys:
            number = division.numbers[key]
            value = division.values[number]
            said = _silence(view, kind, division, number)
            without = selection.without(facet, key)
            count = sum(index.having(without.chosen)) if counted else 0
            label = view.said(division.facet.label)
            chips.append(Chip(label, name_of(view, value), without, count, said))
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

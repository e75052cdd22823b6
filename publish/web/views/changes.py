"""The statements of a comparison as a page shows them: what was taken away, and what came."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from publish.browse.labels import Said
from publish.release.diff import ONTOLOGY, Change, Difference, parsed
from publish.shacl.shapes import Kind
from publish.web.app.view import Link, View
from publish.web.views import facts

#: Most statements, and most things, that a page shows; the rest is in the JSON and the N-Quads.
MOST_STATEMENTS = 1500
MOST_THINGS = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A statement that was removed or added: its property and value."""

    is_added: bool
    row: facts.Row
    value: facts.Value


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with its statements; `left_out` of them are not shown."""

    change: Change
    link: Link
    successor: Link | None
    lines: tuple[Line, ...]
    left_out: int


def shown(view: View, difference: Difference) -> tuple[list[Thing], int]:
    """Return the things that a page shows, as their types are ordered, and how many it leaves out.

    What vanished or was withdrawn comes first.
    """
    kinds = [kind.segment for kind in view.site.shapes.kinds]
    fates = ("vanished", "withdrawn", "added", "changed")
    places = {segment: place for place, segment in enumerate([*kinds, ONTOLOGY])}

    def place(change: Change) -> tuple[int, int, str]:
        return fates.index(change.fate), places.get(change.type, len(places)), change.iri

    things: list[Thing] = []
    room = MOST_STATEMENTS
    for change in sorted(difference.things, key=place)[:MOST_THINGS]:
        if room <= 0:
            break
        things.append(_thing(view, change, room))
        room -= len(things[-1].lines)
    return things, len(difference.things) - len(things)


def _thing(view: View, change: Change, room: int) -> Thing:
    kind = view.site.kind_of(change.iri)
    marked = [
        *((False, quad) for quad in parsed(change.removed)),
        *((True, quad) for quad in parsed(change.added)),
    ]
    fields = [field.path for field in kind.fields] if kind else []
    order = {path: place for place, path in enumerate(fields)}

    def place(pair: tuple[bool, ox.Quad]) -> tuple[int, str, bool]:
        path = pair[1].predicate.value
        return order.get(path, len(order)), path, pair[0]

    said = change.withdrawal.successor_iri(view.site.iris) if change.withdrawal else None
    return Thing(
        change,
        _link(view, change),
        view.named(said) if said else None,
        tuple(_line(view, pair, kind) for pair in sorted(marked, key=place)[:room]),
        max(0, len(marked) - room),
    )


def _line(view: View, pair: tuple[bool, ox.Quad], kind: Kind | None) -> Line:
    is_added, quad = pair
    # one by one: a page about a thing shows one language of a text, here each statement counts
    row = facts.property_rows(view, [quad], kind)[0]
    return Line(is_added, row, row.values[0])


def _link(view: View, change: Change) -> Link:
    """Return the name of a thing, as a link unless nothing is left to lead to."""
    href = None if change.fate == "vanished" else view.href(change.iri)
    name = change.names.get(view.language)
    if name:
        return Link(href, name, view.language)
    named = next(iter(change.names.items()), None)
    said = Said(named[1], named[0]) if named else view.name(change.iri)
    return Link(href, said.text, said.language)

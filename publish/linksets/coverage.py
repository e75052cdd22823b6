"""How far the links of a release reach: for each data set of others, how many things have one.

Counted once, when a release is built, together with what the checks of the links have found.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from publish.linksets.links import TITLES, Crosslinks, Link, Linkset
from publish.linksets.validate import Upkeep, member_of
from publish.shacl.shapes import Shapes

FILE = "links.json"
#: Links shown as examples of a linkset, things without a link named for each type, and findings.
_EXAMPLES, _NAMED, _MOST_FOUND = 3, 20, 200


class Reach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many things of a type have a link; the first of those that have none."""

    segment: str
    class_: str
    linked: int
    things: int
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """Return the share of those that have one, rounded down: 100 means all."""
        return self.linked * 100 // self.things if self.things else 0


class Set(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A linkset: what it says, how it was made, how many things of which type it links."""

    iri: str
    predicates: tuple[str, ...]
    confidence: str | None
    method: Mapping[str, str]
    links: int
    reaches: tuple[Reach, ...]
    examples: tuple[Link, ...]


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A data set of others: how its IRIs look, which things have a link to it, by which linksets."""

    iri: str
    spaces: tuple[str, ...]
    patterns: tuple[str, ...]
    links: int
    reaches: tuple[Reach, ...]
    sets: tuple[Set, ...]


class Coverage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The links of a release, by data set, and what is wrong with them."""

    links: int
    goals: tuple[Goal, ...]
    errors: int
    warnings: int
    #: what the checks found, as their report has it, the gravest first; not more than is shown
    findings: tuple[Mapping[str, Any], ...]
    #: how often each kind of flaw was found; the kinds without any, too
    kinds: Mapping[str, int]

    @property
    def conforms(self) -> bool:
        """Tell whether the checks have found no error."""
        return self.errors == 0


def measured(upkeep: Upkeep, shapes: Shapes) -> Coverage:
    """Return how far the links reach that were checked, by the types of the shapes."""
    crosslinks = upkeep.crosslinks
    things = _things(crosslinks, shapes)
    placed: dict[str, list[Link]] = defaultdict(list)
    for link in crosslinks.outgoing:
        for linkset in crosslinks.linksets_of(link):
            placed[linkset.iri].append(link)
    by_target: dict[str, list[Linkset]] = defaultdict(list)
    for linkset in crosslinks.linksets.values():
        by_target[linkset.target or ""].append(linkset)
    kinds = dict.fromkeys(map(str, TITLES), 0)
    for found in upkeep.found:
        kinds[found.flaw.kind] += 1
    return Coverage(
        len(crosslinks.outgoing),
        tuple(_goal(crosslinks, *pair, placed, things) for pair in sorted(by_target.items())),
        upkeep.count("error"),
        upkeep.count("warning"),
        tuple(member_of(found) for found in upkeep.found[:_MOST_FOUND]),
        kinds,
    )


#: The things of each type, by its path segment and class, in the order of the shapes.
Things = Mapping[tuple[str, str], list[str]]


def _things(crosslinks: Crosslinks, shapes: Shapes) -> Things:
    found: dict[tuple[str, str], list[str]] = {(k.segment, k.class_): [] for k in shapes.kinds}
    by_segment = {kind.segment: kind.class_ for kind in shapes.kinds}
    for iri in sorted(crosslinks.known):
        parts = crosslinks.iris.thing_parts(iri)
        class_ = by_segment.get(parts[0]) if parts else None
        if parts and class_ in crosslinks.known[iri]:
            found[parts[0], class_].append(iri)
    return found


def _goal(
    crosslinks: Crosslinks,
    iri: str,
    linksets: Iterable[Linkset],
    placed: Mapping[str, list[Link]],
    things: Things,
) -> Goal:
    target = crosslinks.targets.get(iri)
    sets = tuple(_set(linkset, placed.get(linkset.iri, []), things) for linkset in linksets)
    links = {link for linkset in sets for link in placed.get(linkset.iri, ())}
    return Goal(
        iri,
        target.spaces if target else (),
        target.patterns if target else (),
        len(links),
        tuple(_reaches(links, things, _NAMED)),
        sets,
    )


def _set(linkset: Linkset, links: list[Link], things: Things) -> Set:
    return Set(
        linkset.iri,
        linkset.predicates,
        linkset.confidence,
        linkset.method,
        len(links),
        tuple(_reaches(links, things, 0)),
        tuple(links[:_EXAMPLES]),
    )


def _reaches(links: Iterable[Link], things: Things, named: int) -> Iterator[Reach]:
    """Yield the types of which at least one thing is linked."""
    linked = {link.subject for link in links}
    for (segment, class_), members in things.items():
        missing = [iri for iri in members if iri not in linked]
        many = len(members) - len(missing)
        if many:
            yield Reach(segment, class_, many, len(members), tuple(missing[:named]))


def as_json(coverage: Coverage) -> str:
    """Return the numbers and findings as a release keeps them."""
    return json.dumps(msgspec.to_builtins(coverage), ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Coverage:
    """Return what `as_json` wrote; raises ValueError for anything else."""
    return msgspec.json.decode(text, type=Coverage)

"""Which things of a type have which value of a facet: read from the store once, then only counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress

import pyoxigraph as ox

from publish.browse.facets_ import Facet, Step, facets_of
from publish.browse.labels import Said
from publish.browse.listing import order
from publish.browse.lists import has_readings, orders_of
from publish.iris import Iris
from publish.rdf.terms import TYPE, Term, node, triples
from publish.shacl.shapes import Kind, Shapes

#: Code lists up to this length can be chosen from also where a value is not in use.
_MOST_SPARE = 200


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: its key in addresses, and what it is called if that is not a thing."""

    key: str
    term: Term
    texts: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Division:
    """The things of a type by one facet: for each thing, the numbers of its values."""

    facet: Facet
    values: tuple[Value, ...]
    of: tuple[tuple[int, ...], ...]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the place of each value, by its key."""
        return {value.key: number for number, value in enumerate(self.values)}

    @cached_property
    def totals(self) -> Counter[int]:
        """Return how many things have each value."""
        return Counter(chain.from_iterable(self.of))

    def having(self, keys: Iterable[str]) -> bytes:
        """Return for each thing 1 if it has one of the values, else 0."""
        wanted = {self.numbers[key] for key in keys}
        return bytes(not wanted.isdisjoint(found) for found in self.of)


#: What is chosen: the keys of values by the name of their facet.
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Index:
    """The things of a type, divided by each facet of the type, and the orders they can be in."""

    members: tuple[str, ...]
    divisions: tuple[Division, ...]
    #: places among `members`, by the name of an order
    orders: Mapping[str, tuple[int, ...]]
    #: names have readings, so that their order is that of kana
    has_readings: bool = False

    @cached_property
    def by_name(self) -> dict[str, Division]:
        """Return the divisions by the names of their facets."""
        return {division.facet.name: division for division in self.divisions}

    def having(self, chosen: Chosen, without: str = "") -> bytes:
        """Return for each thing 1 if it has, of every facet in `chosen`, one of the values.

        The facet `without` is left aside. Raises KeyError for an unknown facet or key.
        """
        found = b"\1" * len(self.members)
        for name in chosen:
            if name != without:
                found = _both(found, self.by_name[name].having(chosen[name]))
        return found

    def counts(self, division: Division, chosen: Chosen) -> Counter[int]:
        """Return how many things have each value of a facet, given what is chosen of the others."""
        found = self.having(chosen, division.facet.name)
        return Counter(chain.from_iterable(compress(division.of, found)))

    def found(self, chosen: Chosen, order_: str) -> tuple[str, ...]:
        """Return the things that have what is chosen, in an order.

        Raises KeyError for an unknown facet, key or order.
        """
        places = self.orders[order_]
        if not chosen and not order_:
            return self.members
        having = self.having(chosen)
        return tuple(self.members[place] for place in places if having[place])


def _both(one: bytes, other: bytes) -> bytes:
    both = int.from_bytes(one, "big") & int.from_bytes(other, "big")
    return both.to_bytes(len(one), "big")


def index_of(store: ox.Store, shapes: Shapes, kind: Kind, members: tuple[str, ...]) -> Index:
    """Return the things of a type, given in their order, divided by its facets.

    Takes time in proportion to the number of things; counting afterwards asks the store nothing.
    """
    facets = facets_of(shapes, kind)
    return Index(
        members,
        tuple(_division(store, shapes, facet, members) for facet in facets),
        orders_of(store, kind, members),
        has_readings(store, members),
    )


def _division(store: ox.Store, shapes: Shapes, facet: Facet, members: tuple[str, ...]) -> Division:
    follow = _follower(store, facet.path)
    said = [follow(node(member)) for member in members]
    is_wanted = _is_of(store, facet.class_)
    kept = [{term for term in _without_translations(found) if is_wanted(term)} for found in said]
    used = {term for found in kept for term in found}
    spare = _spare(store, shapes, facet) - used
    keys = _keys(used, spare, shapes.iris)
    names = _translations(said)
    values = [
        Value(keys[term], term, names.get(term, _own(term)))
        for term in sorted(keys, key=lambda term: _place(store, term))
    ]
    numbers = {value.term: number for number, value in enumerate(values)}
    of = (tuple(sorted(numbers[term] for term in found)) for found in kept)
    return Division(facet, tuple(values), tuple(of))


def values_of(store: ox.Store, facet: Facet, iri: str) -> tuple[Value, ...]:
    """Return the values of a facet that one thing has, in their order, without keys."""
    said = _follower(store, facet.path)(node(iri))
    is_wanted = _is_of(store, facet.class_)
    names = _translations([said])
    kept = [term for term in _without_translations(said) if is_wanted(term)]
    ordered = sorted(kept, key=lambda term: _place(store, term))
    return tuple(Value("", term, names.get(term, _own(term))) for term in ordered)


def _follower(store: ox.Store, path: tuple[Step, ...]) -> Callable[[ox.NamedNode], frozenset[Term]]:
    """Return what follows a path from a thing; what lies behind a value is looked up once."""
    known: dict[tuple[Term, int], frozenset[Term]] = {}

    def follow(start: Term, depth: int = 0) -> frozenset[Term]:
        if depth == len(path):
            return frozenset((start,))
        if not isinstance(start, ox.NamedNode):
            return frozenset()
        if (start, depth) not in known:
            found = (follow(term, depth + 1) for term in _next(store, start, path[depth]))
            known[start, depth] = frozenset(chain.from_iterable(found))
        return known[start, depth]

    return follow


def _next(store: ox.Store, start: ox.NamedNode, step: Step) -> Iterator[Term]:
    predicate = node(step.predicate)
    if step.inverse:
        return (subject for subject, _, _ in triples(store, None, predicate, start))
    return (object_ for _, _, object_ in triples(store, start, predicate))


def _is_of(store: ox.Store, class_: str | None) -> Callable[[Term], bool]:
    known: dict[Term, bool] = {}
    wanted = node(class_) if class_ else None

    def check(term: Term) -> bool:
        if wanted is None:
            return True
        if term not in known:
            is_iri = isinstance(term, ox.NamedNode)
            known[term] = (
                is_iri and next(triples(store, node(term.value), TYPE, wanted), None) is not None
            )
        return known[term]

    return check


def _without_translations(found: frozenset[Term]) -> frozenset[Term]:
    """Return values without texts that say in another language what an English one says."""
    english = frozenset(term for term in found if _language(term) == "en")
    return english or found


def _translations(said: Iterable[frozenset[Term]]) -> dict[Term, tuple[Said, ...]]:
    """Return the texts of English values, with the Japanese one that stands beside each."""
    names: dict[Term, tuple[Said, ...]] = {}
    for found in said:
        english = [term for term in found if _language(term) == "en"]
        japanese = [term for term in found if _language(term) == "ja"]
        if len(english) == len(japanese) == 1 and english[0] not in names:
            names[english[0]] = (*_own(japanese[0]), *_own(english[0]))
    return names


def _own(term: Term) -> tuple[Said, ...]:
    return () if isinstance(term, ox.NamedNode) else (Said(term.value, term.language),)


def _language(term: Term) -> str | None:
    return None if isinstance(term, ox.NamedNode) else term.language


def _spare(store: ox.Store, shapes: Shapes, facet: Facet) -> set[Term]:
    """Return all things of a facet's class, if they are a short list."""
    if facet.class_ is None:
        return set()
    found = {subject for subject, _, _ in triples(store, None, TYPE, node(facet.class_))}
    own = {subject for subject in found if shapes.iris.thing_parts(subject.value)}
    return set(own) if len(own) <= _MOST_SPARE else set()


def _keys(used: Iterable[Term], spare: Iterable[Term], iris: Iris) -> dict[Term, str]:
    """Return a key for each value: short where that tells them apart. A spare one yields."""
    used = sorted(used, key=str)
    shared = Counter(_short(term, iris) for term in used)
    keys = {
        term: _long(term, iris) if shared[_short(term, iris)] > 1 else _short(term, iris)
        for term in used
    }
    taken = set(keys.values())
    for term in sorted(spare, key=str):
        keys[term] = _long(term, iris) if _short(term, iris) in taken else _short(term, iris)
        taken.add(keys[term])
    return keys


def _short(term: Term, iris: Iris) -> str:
    parts = iris.thing_parts(term.value) if isinstance(term, ox.NamedNode) else None
    if parts:
        return parts[1]
    slug = re.sub(r"[^a-z0-9]+", "-", term.value.lower()).strip("-")
    return slug if slug and _language(term) == "en" else term.value


def _long(term: Term, iris: Iris) -> str:
    parts = iris.thing_parts(term.value) if isinstance(term, ox.NamedNode) else None
    return "/".join(parts) if parts else str(term)


def _place(store: ox.Store, term: Term) -> tuple[str, str]:
    """Return where a value stands among the others: by its code, else by its IRI or text."""
    return order(store, term) if isinstance(term, ox.NamedNode) else ("", term.value)

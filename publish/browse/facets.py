"""Lists of things narrowed down: by what, to what, and how many there are of each.

A property shape whose role is `dash:KeyInfoRole` describes what is of special interest to a reader:
it is shown beside a thing's name in lists, and lists can be narrowed down by its values. Such a
facet has a path: a property, a sequence of them (`sh:path ( ... )`), each step perhaps an
`sh:inversePath`. Which thing has which value is read from the store once, then only counted.

Each state of a list has one address. Facets stand in the order of the shape and their values in
the order of the code list, one parameter for each value (so a form sends them), then `sort`, then
`page`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, compress
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from rdflib import RDF, SH, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from publish.browse.labels import Said
from publish.browse.lists import BY_CODE, has_readings, order, orders_of
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, node, triples
from publish.shacl.shapes import Kind, Shapes

_ROLE = URIRef(ns.DASH + "propertyRole")
_KEY_INFO = URIRef(ns.DASH + "KeyInfoRole")
#: Parameters of a list's address that are no facets.
RESERVED = frozenset({"page", "sort", "lang"})


@dataclass(frozen=True, slots=True)
class Step:
    """One property of a path, followed against its direction if it is inverse."""

    predicate: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A path whose values divide the things of a type; `name` stands for it in addresses."""

    name: str
    label: Text
    path: tuple[Step, ...]
    #: only values of this class count, if it is given
    class_: str | None


def facets_of(shapes: Shapes, kind: Kind) -> tuple[Facet, ...]:
    """Return the facets of a type, in the order of its shape; each has a name of its own."""
    graph = shapes.graph
    marked = set(graph.subjects(_ROLE, _KEY_INFO))
    own = marked & set(graph.objects(URIRef(kind.shape), SH.property))
    found: dict[str, Facet] = {}
    for shape in sorted(own, key=lambda one: (shapes.order_of(one), str(one))):
        path = _path(shapes, graph.value(shape, SH.path))
        if path:
            name = _free(_local(path[-1].predicate), found)
            found[name] = Facet(name, shapes.name_of(shape), path, _class_of(shapes, shape))
    return tuple(found.values())


def _path(shapes: Shapes, path: Node | None) -> tuple[Step, ...]:
    """Return the steps of a path; none if it is of a form that no list can be narrowed by."""
    graph = shapes.graph
    if path is None or isinstance(path, URIRef):
        return (Step(str(path)),) if path else ()
    inverse = graph.value(path, SH.inversePath)
    if isinstance(inverse, URIRef):
        return (Step(str(inverse), inverse=True),)
    if graph.value(path, RDF.first) is None:
        return ()
    steps = [_path(shapes, member) for member in Collection(graph, path)]
    return tuple(chain.from_iterable(steps)) if all(steps) else ()


def _class_of(shapes: Shapes, shape: Node) -> str | None:
    nested = shapes.graph.value(shape, SH.qualifiedValueShape)
    of_all = shapes.graph.value(shape, SH["class"])
    found = of_all or (nested and shapes.graph.value(nested, SH["class"]))
    return str(found) if found else None


def _local(iri: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "", ns.split(iri)[1]) or "value"


def _free(name: str, taken: Container[str]) -> str:
    while name in taken or name in RESERVED:
        name += "_"
    return name


# -- Which things of a type have which value of a facet -------------------------------------------

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
                found = _intersected(found, self.by_name[name].having(chosen[name]))
        return found

    def lacking(self, name: str) -> bytes:
        """Return for each thing 1 if it has no value of a facet, else 0."""
        return bytes(not found for found in self.by_name[name].of)

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


def _intersected(one: bytes, other: bytes) -> bytes:
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


# -- A state of a list ----------------------------------------------------------------------------

#: Facets that may be combined, and values of each.
MOST_FACETS, MOST_VALUES = 3, 10
_LONGEST = 60

_UNKNOWN = Text(
    "「{facet}」の値に「{key}」はありません。",
    'There is no value "{key}" of "{facet}".',
)
_NO_ORDER = Text("「{key}」という並べ方はありません。", 'There is no order "{key}".')
_TOO_MANY = Text(
    "絞り込みの条件は{facets}項目まで、一つの項目につき{values}件までです。条件を減らしてください。",
    "A list can be narrowed by at most {facets} properties, with at most {values} values of each. "
    "Please choose fewer.",
).format(facets=MOST_FACETS, values=MOST_VALUES)
_NO_PAGE = Text("このページはありません。", "There is no such page.")


@dataclass(frozen=True, slots=True)
class Selection:
    """A state of a list, in its one form. Keys of values by the names of their facets."""

    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = BY_CODE
    page: int = 1

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of the chosen values, by facet."""
        return dict(self.choices)

    @property
    def is_whole(self) -> bool:
        """Tell whether all things are listed, in the order by code."""
        return not self.choices and not self.sort

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the address."""
        found = [(name, key) for name, keys in self.choices for key in keys]
        found += [("sort", self.sort)] if self.sort else []
        return [*found, ("page", str(self.page))] if self.page > 1 else found

    @property
    def query(self) -> str:
        """Return the query part of the address, with "?" if it is not empty."""
        written = urlencode(self.parameters, quote_via=quote)
        return f"?{written}" if written else ""

    def without(self, facet: str, key: str | None = None) -> Selection:
        """Return the first page of what is found without one value, or all values, of a facet."""
        kept = (
            (name, tuple(one for one in keys if name != facet or key not in (None, one)))
            for name, keys in self.choices
        )
        left = tuple((name, keys) for name, keys in kept if keys and (name != facet or key))
        return Selection(left, self.sort)

    def cleared(self) -> Selection:
        """Return the first page of everything, in the same order."""
        return Selection((), self.sort)

    def in_order(self, sort: str) -> Selection:
        """Return the first page of the same in an order."""
        return Selection(self.choices, sort)

    def on_page(self, number: int) -> Selection:
        """Return another page of the same."""
        return replace(self, page=number)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no such state, the HTTP status that says so, and a state that there is."""

    status: int
    said: Text
    instead: Selection


def is_canonical(parameters: Iterable[tuple[str, str]], selection: Selection, index: Index) -> bool:
    """Tell whether an address is the one of its state; parameters that mean nothing do not count."""
    meant = {*index.by_name, "sort", "page"}
    given = [pair for pair in parameters if pair[0] in meant and pair != ("page", "1")]
    return given == selection.parameters


def read(parameters: Sequence[tuple[str, str]], index: Index) -> Selection | Fault:
    """Return the state that the parameters of an address mean, in whatever order they stand.

    Several values may also stand in one parameter, with commas between them.
    """
    choices: list[tuple[str, tuple[str, ...]]] = []
    for division in index.divisions:
        name = division.facet.name
        keys = set(_chosen_keys(division, [value for key, value in parameters if key == name]))
        unknown = sorted(keys - division.numbers.keys())
        if unknown:
            label, said = division.facet.label, unknown[0][:_LONGEST]
            instead = Selection(tuple(choices))
            return Fault(404, _UNKNOWN.format(facet=label, key=said), instead)
        if keys:
            choices.append((name, tuple(sorted(keys, key=division.numbers.__getitem__))))
    if len(choices) > MOST_FACETS or any(len(keys) > MOST_VALUES for _, keys in choices):
        fewer = ((name, keys[:MOST_VALUES]) for name, keys in choices[:MOST_FACETS])
        return Fault(400, _TOO_MANY, Selection(tuple(fewer)))
    return _with_order(parameters, Selection(tuple(choices)), index)


def _chosen_keys(division: Division, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (value,) if value in division.numbers else filter(None, value.split(","))


def _with_order(
    parameters: Sequence[tuple[str, str]], selection: Selection, index: Index
) -> Selection | Fault:
    named: dict[str, str] = {}
    for name, value in parameters:
        named.setdefault(name, value)
    sort, page = named.get("sort", BY_CODE), named.get("page", "1")
    if sort not in index.orders:
        return Fault(404, _NO_ORDER.format(key=sort[:_LONGEST]), selection)
    selection = selection.in_order(sort)
    if not (page.isascii() and page.isdigit() and 0 < len(page) < 10 and int(page)):
        return Fault(404, _NO_PAGE, selection)
    return selection.on_page(int(page))

"""The types and properties by which reconciliation asks and answers, under ids that people can type.

A type is a type of things, by the segment of its IRIs (`municipality`), or a class above several
of them, by its short IRI. A property is `code`, the segment of a type (what a thing is in or tied
to), or a term of the JSON-LD context. IRIs in full are understood for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from publish.browse.labels import Labels
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.jsonld import Writer
from publish.rdf.terms import TYPE
from publish.reconcile.queries import CODE
from publish.release.release import Release
from publish.search.matcher import Matcher
from publish.search.normalize import folded, roman
from publish.shacl.shapes import Field, Kind, prefixes_of

_SUBCLASS = ns.RDFS + "subClassOf"
_IDENTIFIER = ns.DCTERMS + "identifier"
_DEFINITION = ns.SKOS + "definition"
_CODE = Text("コード", "code")
_ABOUT_CODE = Text(
    "公的なコード。全国地方公共団体コードは2桁、5桁、6桁のいずれでもよい。",
    "The official code; of local governments in Japan with two, five or six digits.",
)
_ABOUT_TIE = Text(
    "それが属する、又は関わる「{kind}」。名称、コード、URIのいずれでもよい。",
    "The {kind} that it is in or tied to; by name, code or URI.",
)
Item = TypeVar("Item")
#: Things of a type that are looked at to learn what its things are tied to.
_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Type:
    """A type by which things can be asked for."""

    id: str
    name: Text
    description: Text | None
    #: segments of the types of things that it covers; its own, or all below it
    kinds: tuple[str, ...]
    class_: str
    #: ids of the types directly above it
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property that can serve as evidence, and whose values can be fetched."""

    id: str
    name: Text
    description: Text | None
    #: the IRI of the property; None: `code`, or a tie
    path: str | None = None
    #: the type that its values have, if they all have one
    kind: str | None = None


class Schema:
    """The types and properties of a release."""

    def __init__(self, release: Release, labels: Labels, matcher: Matcher) -> None:
        self.release = release
        self.labels = labels
        self.matcher = matcher
        self.kinds = tuple(
            kind for kind in release.shapes.kinds if kind.segment in matcher.index.kinds
        )

    # -- types ---------------------------------------------------------------------------------

    @cached_property
    def types(self) -> dict[str, Type]:
        """Return the types by id: those of things in their order, then the classes above them."""
        above = self._above()
        own = [
            Type(
                kind.segment,
                kind.label,
                self.labels.both(kind.class_, _DEFINITION),
                (kind.segment,),
                kind.class_,
                tuple(one.id for one in above if kind.segment in one.kinds),
            )
            for kind in self.kinds
        ]
        return {type_.id: type_ for type_ in (*own, *above)}

    def _above(self) -> list[Type]:
        """Return the classes that have a name here and several types of things below them."""
        below: dict[str, list[str]] = {}
        for kind in self.kinds:
            for term in self.labels.values(kind.class_, _SUBCLASS):
                below.setdefault(term.value, []).append(kind.segment)
        prefixes = prefixes_of(self.release.shapes)
        found = []
        for iri, kinds in sorted(below.items()):
            name = self.labels.both(iri, ns.RDFS + "label")
            if name and len(kinds) > 1:
                told = self.labels.both(iri, _DEFINITION)
                found.append(Type(ns.shorten(iri, prefixes) or iri, name, told, tuple(kinds), iri))
        return found

    def type_of(self, id_: str) -> Type | None:
        """Return a type by its id or the IRI of its class, or None."""
        own = (one for one in self.types.values() if one.class_ == id_)
        return self.types.get(id_) or next(own, None)

    def types_of(self, kind: str) -> tuple[Type, ...]:
        """Return the types that a thing has: its own, and those above it."""
        own = self.types[kind]
        return (own, *(self.types[id_] for id_ in own.broader))

    @cached_property
    def coded(self) -> tuple[Type, ...]:
        """Return the types of things whose things have official codes (dcterms:identifier)."""
        return tuple(self.types[kind.segment] for kind in self.kinds if self._is_coded(kind))

    def _is_coded(self, kind: Kind) -> bool:
        things = self.matcher.index.things(self._things(kind, 1)).values()
        return any(self.labels.value(thing.iri, _IDENTIFIER) for thing in things)

    def _things(self, kind: Kind, most: int) -> list[int]:
        """Return the numbers of some things of a type, which are numbered in the order of types."""
        return self.matcher.index.first(kind.segment, most)

    def _codes(self, thing: int) -> list[str]:
        return self.matcher.index.codes_of(thing)

    # -- properties ----------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return the terms of the JSON-LD context by IRI."""
        return Writer(self.release.context).names

    @cached_property
    def properties(self) -> dict[str, Property]:
        """Return all properties by id: the code, ties, and terms of the context."""
        ties = {kind.segment: _tie(kind) for kind in self.kinds}
        paths = {field.path for kind in self.kinds for field in kind.fields}
        known = (field for field in self.release.shapes.fields if field.path in paths)
        fields = (self._field(field) for field in known)
        named = {one.id: one for one in fields if one and one.id not in ties}
        return {CODE: _code(), **ties, **named}

    def _field(self, field: Field) -> Property | None:
        name = self._names.get(field.path)
        if name is None or field.path == TYPE.value or name == CODE:
            return None
        kinds = [kind.segment for kind in self.kinds if kind.class_ == field.class_]
        return Property(
            name, field.name, field.description, field.path, kinds[0] if kinds else None
        )

    def property_of(self, id_: str) -> Property | None:
        """Return a property by its id or its IRI in full, or None."""
        own = (one for one in self.properties.values() if one.path and one.path == id_)
        return self.properties.get(id_) or next(own, None)

    def proposed(self, type_: Type) -> tuple[Property, ...]:
        """Return the properties that the things of a type have, the most telling first."""
        kinds = [kind for kind in self.kinds if kind.segment in type_.kinds]
        coded = (CODE for kind in kinds if any(map(self._codes, self._things(kind, _SAMPLE))))
        ties = (tie for kind in kinds for tie in self._ties(kind))
        fields = [field for kind in kinds for field in kind.fields if field.path != TYPE.value]
        fields.sort(key=lambda field: not field.is_key)
        terms = (self._names.get(field.path, "") for field in fields)
        ids = dict.fromkeys((*coded, *ties, *terms))
        return tuple(self.properties[id_] for id_ in ids if id_ in self.properties)

    def _ties(self, kind: Kind) -> Iterator[str]:
        """Yield the types of what things of a type are in or tied to."""
        things = self._things(kind, _SAMPLE)
        tied = {holder for thing in things for holder in self.matcher.index.insides(thing)}
        # districts have negative numbers: they are names, no things
        kinds = set(self.matcher.index.kinds_of([one for one in tied if one > 0]).values())
        yield from (one.segment for one in self.kinds if one.segment in kinds)

    # -- search --------------------------------------------------------------------------------

    def find_types(self, prefix: str) -> list[Type]:
        """Return the types whose id or name has a text, those that begin with it first."""
        return _found(self.types.values(), prefix, lambda one: (one.id, one.name.ja, one.name.en))

    def find_properties(self, prefix: str, among: Iterable[Property]) -> list[Property]:
        """Return those of some properties whose id or name has a text, as find_types does."""
        return _found(among, prefix, lambda one: (one.id, one.name.ja, one.name.en))


def _code() -> Property:
    return Property(CODE, _CODE, _ABOUT_CODE)


def _tie(kind: Kind) -> Property:
    about = _ABOUT_TIE.format(kind=kind.label)
    return Property(kind.segment, kind.label, about, None, kind.segment)


def _found(
    items: Iterable[Item], text: str, names: Callable[[Item], tuple[str, ...]]
) -> list[Item]:
    wanted = [key for key in (folded(text), roman(text)) if key]
    if text.strip() and not wanted:
        return []
    ranked = []
    for item in items:
        keys = [key for name in names(item) for key in (folded(name), roman(name)) if key]
        places = [key.find(one) for key in keys for one in wanted if one in key]
        if places or not wanted:
            ranked.append((min(places, default=0) > 0, item))
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]

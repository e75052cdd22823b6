"""Things of a release that serve as examples where its use is explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from publish.browse.lists import KANA, members
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal, Withdrawals
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term, node, triples
from publish.shacl.shapes import Kind

CODE = ns.DCTERMS + "identifier"
ALTERNATIVE = ns.SKOS + "altLabel"
#: Properties that say how a thing of ours and one of another data set belong together.
RELATIONS = (
    *(ns.SKOS + f"{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
    ns.OWL + "sameAs",
    ns.RDFS + "seeAlso",
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the release that serves as an example."""

    iri: str
    code: str | None
    #: names by language tag, readings too
    names: dict[str, str]
    #: relation -> things of other data sets
    others: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """A type of things with two of them: what the snippets are about."""

    kind: Kind
    #: the property that holds the names
    label: str
    things: tuple[Thing, ...]

    @property
    def thing(self) -> Thing:
        """Return the first of the things."""
        return self.things[0]

    @property
    def has_readings(self) -> bool:
        """Tell whether the first thing has a reading in kana."""
        return KANA in self.thing.names

    @property
    def relation(self) -> str | None:
        """Return the first relation in which the first thing stands to others."""
        return next((one for one in RELATIONS if self.thing.others.get(one)), None)

    @property
    def is_keyed_by_code(self) -> bool:
        """Tell whether the IRI of a thing ends in its code."""
        return all(one.iri.endswith(f"/{one.code}") for one in self.things if one.code)


def choose(store: ox.Store, iris: Iris, kinds: Iterable[Kind]) -> Choice | None:
    """Return the first type that has something with a name in both languages, or None."""
    for kind in kinds:
        own = members(store, iris, kind)
        codes = {iri: code for iri in own if (code := _code(store, iri))}
        ordered = sorted(codes or own, key=lambda iri: (codes.get(iri, ""), iri))
        sought = (_thing(store, iris, iri) for iri in ordered)
        things = tuple(islice((one for one in sought if {"ja", "en"} <= one.names.keys()), 2))
        if things:
            label = next(one for one in ns.LABELS if _objects(store, things[0].iri, one))
            return Choice(kind, label, things)
    return None


def coded(store: ox.Store, iris: Iris, kinds: Iterable[Kind]) -> list[Kind]:
    """Return the types whose things have official codes, the largest first."""
    found = [kind for kind in kinds if any(field.path == CODE for field in kind.fields)]
    return sorted(found, key=lambda kind: -len(members(store, iris, kind)))


def an_old_one(withdrawn: Withdrawals) -> Withdrawal | None:
    """Return something withdrawn, rather one that something else took the place of, or None."""
    found = sorted(withdrawn.values(), key=lambda one: (not one.successor, one.name))
    return next(iter(found), None)


def _code(store: ox.Store, iri: str) -> str | None:
    found = (term.value for term in _objects(store, iri, CODE) if isinstance(term, ox.Literal))
    return next(found, None)


def _thing(store: ox.Store, iris: Iris, iri: str) -> Thing:
    names: dict[str, str] = {}
    for term in (t for label in ns.LABELS for t in _objects(store, iri, label)):
        if isinstance(term, ox.Literal) and term.language:
            names.setdefault(term.language, term.value)
    for term in _objects(store, iri, ALTERNATIVE):
        if isinstance(term, ox.Literal) and term.language == KANA:
            names.setdefault(KANA, term.value)
    others = {
        relation: tuple(
            term.value
            for term in _objects(store, iri, relation)
            if isinstance(term, ox.NamedNode) and iris.relative(term.value) is None
        )
        for relation in RELATIONS
    }
    return Thing(iri, _code(store, iri), names, others)


def _objects(store: ox.Store, iri: str, predicate: str) -> list[Term]:
    found = {object_ for _, _, object_ in triples(store, node(iri), node(predicate))}
    return sorted(found, key=str)


def relations(store: ox.Store, iris: Iris, kind: Kind) -> list[tuple[str, int, str]]:
    """Return how the things of a type are tied to others: relation, how often, and one target."""
    own = members(store, iris, kind)
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for thing in (_thing(store, iris, iri) for iri in own):
        for relation, others in thing.others.items():
            counts[relation] += len(others)
            if others:
                shown.setdefault(relation, others[0])
    return [(one, counts[one], shown[one]) for one in RELATIONS if counts[one]]

"""An example of reconciliation from the data: a name that several have, and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass

from publish.i18n import Language
from publish.reconcile.queries import Condition, Query
from publish.reconcile.service import Found, Reconciler
from publish.search.index_ import Thing

#: Things of a type that are looked through for two of one name.
_MOST = 3000


@dataclass(frozen=True, slots=True)
class Step:
    """A query of the example, and what it finds."""

    query: Query
    found: tuple[Found, ...]

    def as_json(self, language: Language) -> dict[str, object]:
        """Return the query as version 0.2 writes it."""
        said: dict[str, object] = {"query": self.query.names[0]}
        if self.query.conditions:
            stated = [{"pid": one.property, "v": one.values[0][0]} for one in self.query.conditions]
            said["properties"] = stated
        return said


def demonstration(reconciler: Reconciler, language: Language) -> tuple[Step, ...]:
    """Return the example: a name alone, then with something that tells which of several is meant.

    Data in which no two things have one name show a name alone; data without codes show nothing.
    """
    pair = _namesakes(reconciler)
    if not pair:
        return ()
    names = (pair[0].name.in_(language),)
    queries = [Query(names=names)]
    for one in pair if len(pair) > 1 else ():
        condition = _difference(reconciler, one, pair, language)
        queries += [Query(names=names, conditions=(condition,))] if condition else []
    return tuple(Step(query, reconciler.answer(query)) for query in queries)


def _namesakes(reconciler: Reconciler) -> tuple[Thing, ...]:
    """Return the first two things with a code and one name, else the first with a code."""
    index = reconciler.matcher.index
    first: dict[str, Thing] = {}
    for type_ in reconciler.schema.coded:
        for thing in index.things(index.first(type_.id, _MOST)).values():
            known = first.setdefault(thing.name.ja, thing)
            if known is not thing and known.name == thing.name:
                return known, thing
    # the last type that has codes: the first ones are code lists
    return tuple(first.values())[-1:]


def _difference(
    reconciler: Reconciler, thing: Thing, pair: tuple[Thing, ...], language: Language
) -> Condition | None:
    """Return what only one of two things is in or tied to, as a condition."""
    index = reconciler.matcher.index
    others = [index.insides(one.id) for one in pair if one is not thing]
    own = index.insides(thing.id).difference(*others)
    holders = index.things(sorted(number for number in own if number > 0))
    ordered = sorted(holders.values(), key=lambda holder: holder.id)
    areas = [one for one in ordered if one.designator]
    for holder in areas or ordered:
        return Condition(holder.kind, ((holder.name.in_(language),),))
    return None

"""Reconciliation: queries of others -> the things of a release that they may mean, and the answers.

The matcher finds and judges (`publish.search.matcher`); here its candidates are held against what the
specification adds to it: identifiers as names, several names, required and excluded conditions,
types that are only wished for, and the features of a match. The answers to batches are written as the
two versions of the specification have them. The example on the page of the service is from the data: a
name that several things have, and what tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from publish.i18n import Language, Text
from publish.reconcile.queries import Batch, Condition, Query
from publish.reconcile.schema import Schema, Type
from publish.search.candidate import BEST, Candidate, Evidence, Wanted
from publish.search.index import Thing
from publish.search.matcher import Matcher
from publish.search.normalize import LONGEST, folded, roman
from publish.search.scoring import MARGIN, by_words

#: What is told of each match, beside a truth value for each property that was given.
NAME_SIMILARITY = "name_similarity"
TYPE_MATCH = "type_match"
FEATURES = {
    NAME_SIMILARITY: Text("名称の近さ（0～100）", "likeness of the names (0 to 100)"),
    TYPE_MATCH: Text("求められた種類か", "whether it is of a type asked for"),
}
_FEATURE = Text("「{name}」が合うか", "whether the {name} agrees")
_IDENTIFIED = Text("識別子が一致します。", "The identifier is the same.")
_OTHER_TYPE = Text("求められた種類ではありません。", "It is not of a type that was asked for.")
_DESCRIPTION = Text("{kind}（{where}）。{reasons}", "{kind} ({where}). {reasons}")
_HALF = 50.0
#: Candidates beyond those asked for, in case that conditions take some away.
MOST_TAKEN = 20


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that was compared, and how it came out."""

    id: str
    value: float | bool


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with the features of its match."""

    candidate: Candidate
    features: tuple[Feature, ...] = ()


@dataclass(frozen=True)
class Reconciler:
    """Answers queries from one release."""

    matcher: Matcher
    schema: Schema

    def answer(self, query: Query) -> tuple[Found, ...]:
        """Return what a query may mean, best first; only the first can be automatic."""
        if any(len(name) > LONGEST for name in query.names):
            return ()  # nothing is called so
        kinds = self._kinds(query)
        found = self._within(query, kinds) if kinds is None or kinds else []
        if not found and query.strictness == "should" and query.types:
            found = [_of_other_type(one) for one in self._within(query, None)]
        if not found:
            return ()
        verdicts = [self._verdicts(found, one) for one in query.conditions]
        kept = [at for at, one in enumerate(found) if _is_kept(query, one, verdicts, at)]
        kept = kept[: query.limit]
        return tuple(
            Found(found[at], tuple(self._features(query, found[at], kinds, verdicts, at)))
            for at in kept
        )

    def _kinds(self, query: Query) -> tuple[str, ...] | None:
        """Return the types of things that are asked for: None any, () only unknown ones."""
        if not query.types:
            return None
        known = [self.schema.type_of(id_) for id_ in query.types]
        asked = [set(one.kinds) if one else set() for one in known]
        wanted = (set.intersection if query.strictness == "all" else set.union)(*asked)
        return tuple(kind.segment for kind in self.schema.kinds if kind.segment in wanted)

    def _within(self, query: Query, kinds: tuple[str, ...] | None) -> list[Candidate]:
        """Return the candidates of some types: what is identified first, then by each name."""
        identified = [
            one
            for text in (*query.ids, *query.names)
            if (one := self.identified(text)) and (kinds is None or one.kind in kinds)
        ]
        if identified or query.ids:
            return list(dict.fromkeys(identified))
        if not query.names and not query.conditions:
            return []
        evidence = tuple(_evidence(query.conditions))
        # what does not meet a condition is taken away afterwards
        limit = query.limit + (len(query.conditions) and MOST_TAKEN)
        wanted = Wanted("", kinds or (), evidence, limit)
        names = query.names or ("",)
        return _joined(self.matcher.match(replace(wanted, text=name)) for name in names)

    def identified(self, text: str) -> Candidate | None:
        """Return the thing that a text identifies: by its IRI, or by type and key; None if none."""
        iris = self.schema.release.iris
        written = text.strip()
        iri = written if iris.thing_parts(written) else iris.of(f"id/{written}")
        thing = self.matcher.index.thing(iri) if iris.thing_parts(iri) else None
        if thing is None:
            return None
        said = (thing.name.ja, "ja", BEST, True, (_IDENTIFIED,), thing.where)
        return Candidate(thing.iri, thing.kind, thing.name, *said)

    def _verdicts(self, found: list[Candidate], condition: Condition) -> list[bool | None]:
        """Tell of each candidate whether it meets a condition; None where that is unknown."""
        if condition.quantifier == "all":
            each = [self._met(found, condition.property, ways) for ways in condition.values]
            return [_all(column) for column in zip(*each, strict=True)] or [None] * len(found)
        ways = tuple(way for ways in condition.values for way in ways)
        return self._met(found, condition.property, ways)

    def _met(
        self, found: list[Candidate], property_: str, values: tuple[str, ...]
    ) -> list[bool | None]:
        """Tell of each candidate whether it has one of some values, as the matcher weighs it."""
        things = [self.matcher.index.thing(one.iri) for one in found]
        scored = {thing.id: by_words(thing, _HALF, _IDENTIFIED) for thing in things if thing}
        # with a text, for without one the matcher looks for more things
        wanted = Wanted("-", evidence=(Evidence(self._named(property_), values),))
        self.matcher.clues.weigh(scored, wanted)
        points = [scored[thing.id].score if thing else _HALF for thing in things]
        return [None if one == _HALF else one > _HALF for one in points]

    def _named(self, property_: str) -> str:
        known = self.schema.property_of(property_)
        return known.id if known else property_

    def _features(
        self,
        query: Query,
        candidate: Candidate,
        kinds: tuple[str, ...] | None,
        verdicts: list[list[bool | None]],
        at: int,
    ) -> Iterator[Feature]:
        if query.names:
            likeness = max(likeness_of(name, candidate) for name in query.names)
            yield Feature(NAME_SIMILARITY, likeness)
        if kinds is not None:
            yield Feature(TYPE_MATCH, candidate.kind in kinds)
        told = set(FEATURES)
        for condition, column in zip(query.conditions, verdicts, strict=True):
            if column[at] is not None and condition.property not in told:
                told.add(condition.property)
                yield Feature(condition.property, bool(column[at]))

    def feature_name(self, feature: Feature) -> Text:
        """Return what a feature is called."""
        if feature.id in FEATURES:
            return FEATURES[feature.id]
        known = self.schema.property_of(feature.id)
        name = known.name if known else Text(feature.id, feature.id)
        return _FEATURE.format(name=name)

    def description(self, candidate: Candidate) -> Text:
        """Return what a candidate is, where, and why it is one."""
        reasons = Text(
            "".join(reason.ja for reason in candidate.reasons),
            " ".join(reason.en for reason in candidate.reasons),
        )
        kind = self.schema.types[candidate.kind].name
        where = candidate.where or kind
        if where == kind:
            return Text(f"{kind.ja}。{reasons.ja}", f"{kind.en}. {reasons.en}")
        return _DESCRIPTION.format(kind=kind, where=where, reasons=reasons)


def _evidence(conditions: Iterable[Condition]) -> Iterator[Evidence]:
    """Yield what speaks for candidates; of what they must not have, the matcher knows nothing."""
    for condition in conditions:
        if condition.quantifier == "all":
            yield from (Evidence(condition.property, ways) for ways in condition.values)
        elif condition.quantifier == "any":
            ways = tuple(way for ways in condition.values for way in ways)
            yield Evidence(condition.property, ways)


def _joined(each: Iterable[tuple[Candidate, ...]]) -> list[Candidate]:
    """Return the candidates by several names as one list: of each thing the best."""
    listed = [candidates for candidates in each if candidates]
    best: dict[str, Candidate] = {}
    for one in (one for candidates in listed for one in candidates):
        known = best.get(one.iri)
        if known is None or one.score > known.score:
            best[one.iri] = one
    ordered = sorted(best.values(), key=lambda one: -one.score)
    if len(listed) < 2:
        return ordered
    rivals = [one for one in ordered[1:] if ordered[0].score - one.score < MARGIN]
    first = replace(ordered[0], automatic=ordered[0].automatic and not rivals)
    return [first, *(replace(one, automatic=False) for one in ordered[1:])]


def _of_other_type(candidate: Candidate) -> Candidate:
    reasons = (_OTHER_TYPE, *candidate.reasons)
    return replace(candidate, automatic=False, reasons=reasons)


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    listed = list(verdicts)
    if False in listed:
        return False
    return None if None in listed else True


def _is_kept(
    query: Query, candidate: Candidate, verdicts: list[list[bool | None]], at: int
) -> bool:
    """Tell whether a candidate is none of what is excluded, and meets what is required."""
    keys = {folded(text) for text in query.excluded}
    own = {folded(text) for text in (candidate.matched, candidate.name.ja, candidate.name.en)}
    if candidate.iri in query.excluded or keys & own:
        return False
    for condition, column in zip(query.conditions, verdicts, strict=True):
        if condition.quantifier == "none" and column[at]:
            return False
        if condition.quantifier != "none" and condition.required and not column[at]:
            return False
    return True


def likeness_of(name: str, candidate: Candidate) -> float:
    """Return how alike a name and the candidate's name that fits best are, 0 to 100, as written.

    What nobody tells apart (width, kana, old forms, romanisation) makes no difference.
    """
    pairs = ((key(name), key(candidate.matched)) for key in (folded, roman))
    return round(max((fuzz.ratio(*pair) for pair in pairs if all(pair)), default=0.0), 1)


# -- An example of reconciliation from the data ---------------------------------------------------

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


# -- The answers to batches of queries, as the two versions of the specification write them -------


def types_as_json(types: Iterable[Type], language: Language) -> list[dict[str, str]]:
    """Return types with their names."""
    return [{"id": one.id, "name": one.name.in_(language)} for one in types]


def results_02(
    reconciler: Reconciler, batch: Batch, language: Language
) -> dict[str, dict[str, Any]]:
    """Return the answers to a batch of version 0.2, by the keys of its queries."""
    keys = batch.keys or ()
    return {
        key: {"result": result_02(reconciler, query, language)}
        for key, query in zip(keys, batch.queries, strict=True)
    }


def result_02(reconciler: Reconciler, query: Query, language: Language) -> list[dict[str, Any]]:
    """Return the candidates of a query of version 0.2."""
    return [
        _as_json(reconciler, one, language)
        | {"features": [{"id": f.id, "value": f.value} for f in one.features]}
        for one in reconciler.answer(query)
    ]


def results_10(reconciler: Reconciler, batch: Batch, language: Language) -> dict[str, Any]:
    """Return the answers to a batch of version 1.0, in the order of its queries."""
    return {"results": [_result_10(reconciler, query, language) for query in batch.queries]}


def _result_10(reconciler: Reconciler, query: Query, language: Language) -> dict[str, Any]:
    wanted = query.language or language
    candidates = [
        _as_json(reconciler, one, wanted)
        | {
            "lang": wanted,
            "features": [
                {"id": f.id, "name": reconciler.feature_name(f).in_(wanted), "value": f.value}
                for f in one.features
            ],
        }
        for one in reconciler.answer(query)
    ]
    return {"candidates": candidates}


def _as_json(reconciler: Reconciler, found: Found, language: Language) -> dict[str, Any]:
    one = found.candidate
    return {
        "id": one.iri,
        "name": one.name.in_(language),
        "description": reconciler.description(one).in_(language),
        "score": one.score,
        "match": one.automatic,
        "type": types_as_json(reconciler.schema.types_of(one.kind), language),
    }

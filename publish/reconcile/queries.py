"""A batch of reconciliation queries as clients send it -> queries, in one form for both versions.

Version 0.2 (https://reconciliation-api.github.io/specs/0.2/): an object with a query for each key.
Draft of version 1.0 (https://reconciliation-api.github.io/specs/draft/): a list of queries, each
with conditions. Whatever their JSON schemas refuse is refused here, with its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from publish.errors import CodeError
from publish.i18n import Language, Text, known
from publish.reconcile.members import Members, Sent, check_count
from publish.search.codes import looks_like_code, read_code, with_lost_zero
from publish.search.normalize import LONGEST

#: Queries that are answered at once; a service announces fewer as the size that it likes.
MOST_QUERIES = 1000
#: Candidates of one query, and how many there are if none are asked for.
MOST_CANDIDATES = 50
_USUAL_CANDIDATES = 5
_MOST_CONDITIONS = 30
_MOST_VALUES = 50
_MOST_TYPES = 50
#: Names of a query that are tried, where version 1.0 gives several.
_MOST_NAMES = 5
#: The property that is the code of a thing.
CODE = "code"
_OF_02 = ("query", "type", "limit", "properties", "type_strict")
_OF_10 = ("conditions", "type", "limit", "lang", "dir")
_STRICT = ("any", "should", "all")
_MATCH_TYPES = ("name", "id", "property")
_QUANTIFIERS = ("any", "all", "none")
_DIRECTIONS = ("ltr", "rtl", "auto")
_SOMETHING = Text(
    "「query」か、1件以上の「properties」を指定してください。",
    'Give "query", or "properties" with at least one.',
)
_VALUE = Text(
    "文字列、数、真偽値、id をもつオブジェクト、又はそれらの配列を指定してください。",
    "Give a string, a number, true or false, an object with an id, or a list of these.",
)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is known of the wanted thing: a property, and its values.

    Each value is a tuple of ways to say it: the id of a thing, and its name.
    """

    property: str
    values: tuple[tuple[str, ...], ...]
    #: what does not meet it is no candidate
    required: bool = False
    #: how many of the values must be met: any, all, none
    quantifier: str = "any"


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch."""

    #: names of the wanted thing that are tried; none if only conditions are given
    names: tuple[str, ...] = ()
    #: identifiers of the wanted thing
    ids: tuple[str, ...] = ()
    #: names and identifiers that it does not have
    excluded: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    #: any of the types, all of them, or (should) others too if nothing fits
    strictness: str = "any"
    limit: int = _USUAL_CANDIDATES
    conditions: tuple[Condition, ...] = ()
    #: of the names in the answer; None: as the service has it
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The queries of a request in their order, with the keys under which 0.2 wants the answers."""

    queries: tuple[Query, ...]
    #: version 1.0 has none
    keys: tuple[str, ...] | None = None


def read_batch(sent: Sent) -> Batch:
    """Return a batch of either version: a list in `queries` is that of version 1.0.

    Raises BatchError if it is neither.
    """
    if isinstance(sent.value, dict) and isinstance(sent.value.get("queries"), list):
        return read_batch_10(sent)
    return read_batch_02(sent)


def read_batch_02(sent: Sent) -> Batch:
    """Return a batch of version 0.2; raises BatchError if it is none."""
    members = sent.object()
    check_count(sent.place, len(members.values), MOST_QUERIES)
    named = [(name, read_query(one)) for name, one in members.each()]
    return Batch(tuple(query for _, query in named), tuple(name for name, _ in named))


def read_batch_10(sent: Sent) -> Batch:
    """Return a batch of version 1.0; raises BatchError if it is none."""
    queries = sent.object(required=("queries",))["queries"].list(MOST_QUERIES)
    return Batch(tuple(map(_query_10, queries)))


def read_query(sent: Sent) -> Query:
    """Return a query of version 0.2; raises BatchError if it is none."""
    members = sent.object(among=_OF_02)
    name = members["query"].text() if "query" in members else None
    stated = members["properties"].list(_MOST_CONDITIONS) if "properties" in members else ()
    if name is None and not stated:
        sent.refused(_SOMETHING)
    return Query(
        names=() if name is None else (name,),
        types=_types(members),
        strictness=members["type_strict"].choice(_STRICT) if "type_strict" in members else "any",
        limit=_limit(members),
        conditions=tuple(map(_property, stated)),
    )


def _types(members: Members) -> tuple[str, ...]:
    if "type" not in members:
        return ()
    sent = members["type"]
    if isinstance(sent.value, list):
        return tuple(one.text() for one in sent.list(_MOST_TYPES))
    return (sent.text(),)


def _limit(members: Members) -> int:
    wanted = members["limit"].count() if "limit" in members else _USUAL_CANDIDATES
    return min(wanted, MOST_CANDIDATES)


def _property(sent: Sent) -> Condition:
    members = sent.object(required=("pid", "v"))
    name = members["pid"].text()
    return Condition(name, _values(members["v"], name))


@dataclass
class _Parts:
    """The parts of a query of version 1.0 while its conditions are read."""

    names: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)


def _query_10(sent: Sent) -> Query:
    members = sent.object(required=("conditions",), among=_OF_10)
    parts = _Parts()
    for one in members["conditions"].list(_MOST_CONDITIONS, least=1):
        _condition(one, parts)
    if "dir" in members:
        members["dir"].choice(_DIRECTIONS)
    return Query(
        names=tuple(parts.names[:_MOST_NAMES]),
        ids=tuple(parts.ids),
        excluded=tuple(parts.excluded),
        types=(members["type"].text(),) if "type" in members else (),
        limit=_limit(members),
        conditions=tuple(parts.conditions),
        language=known(members["lang"].text()) if "lang" in members else None,
    )


def _condition(sent: Sent, parts: _Parts) -> None:
    members = sent.object(required=("matchType", "propertyValue"))
    about = members["matchType"].choice(_MATCH_TYPES)
    if about == "property":
        sent.object(required=("propertyId",))
    name = members["propertyId"].text() if "propertyId" in members else ""
    given = "matchQuantifier" in members
    quantifier = members["matchQuantifier"].choice(_QUANTIFIERS) if given else "any"
    required = members["required"].truth() if "required" in members else False
    if "matchQualifier" in members:
        members["matchQualifier"].text()
    if about == "property":
        values = _values(members["propertyValue"], name)
        parts.conditions.append(Condition(name, values, required, quantifier))
        return
    wanted = parts.names if about == "name" else parts.ids
    stated = _stated(members["propertyValue"])
    texts = (way for ways in stated for way in ways)
    (parts.excluded if quantifier == "none" else wanted).extend(texts)


def _values(sent: Sent, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the values of a condition, each in the ways to say it.

    What is longer than any name or code tells nothing, and does not count.
    """
    short = [tuple(way for way in ways if len(way) <= LONGEST) for ways in _stated(sent)]
    return tuple(_with_zero(ways) if name == CODE else ways for ways in short if ways)


def _stated(sent: Sent) -> list[tuple[str, ...]]:
    several = isinstance(sent.value, list)
    return [_ways(one) for one in (sent.list(_MOST_VALUES) if several else (sent,))]


def _ways(sent: Sent) -> tuple[str, ...]:
    value = sent.value
    if isinstance(value, str):
        return (sent.text(),)
    if isinstance(value, bool):
        return (str(value).lower(),)
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer()
        return (str(int(value) if whole else value),)
    if not isinstance(value, dict):
        sent.refused(_VALUE)
    members = sent.object(required=("id",))
    names = ("id", "name") if "name" in members else ("id",)
    return tuple(dict.fromkeys(members[one].text() for one in names))


def _with_zero(ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return codes, and what they are if a spreadsheet took the zero away that they begin with."""
    found = list(ways)
    for way in ways:
        try:
            lost = with_lost_zero(read_code(way)) if looks_like_code(way) else None
        except CodeError:
            continue  # the matcher tells what is wrong with it
        found += [lost.six] if lost else []
    return tuple(dict.fromkeys(found))

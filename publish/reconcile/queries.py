"""A batch of reconciliation queries as clients send it -> queries, in one form for both versions.

Version 0.2 (https://reconciliation-api.github.io/specs/0.2/): an object with a query for each key.
Draft of version 1.0 (https://reconciliation-api.github.io/specs/draft/): a list of queries, each
with conditions. Whatever their JSON schemas refuse is refused here, with its place, written as in a
program: `q0.properties[1].v`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from publish.errors import BatchError
from publish.i18n import Language, Text, known
from publish.search.codes import code_in, looks_like_code, with_lost_zero
from publish.search.normalize import LONGEST

#: Characters of a place that are told; names of members are the sender's.
_LONGEST_PLACE = 120

_UNREADABLE = Text("「{place}」をJSONとして読めません。", '"{place}" cannot be read as JSON.')
_WRITE_JSON = Text(
    "引用符、括弧、文字コード（UTF-8）を確かめてください。",
    "Check quotes, brackets and the encoding (UTF-8).",
)
_WRONG = Text("「{place}」が正しくありません。", '"{place}" is not right.')
_LACKING = Text("「{place}」に「{name}」がありません。", '"{place}" has no "{name}".')
_UNKNOWN = Text(
    "「{place}」の「{name}」は、この仕様にない項目です。",
    '"{name}" in "{place}" is no member that the specification has.',
)
_MEMBERS = Text("使える項目：{names}", "The members are: {names}.")
_ADD = Text("「{name}」を加えてください。", 'Add "{name}".')
_OBJECT = Text("オブジェクト（{{…}}）を指定してください。", "Give an object ({{…}}).").format()
_LIST = Text("配列（[…]）を指定してください。", "Give a list ([…]).")
_TEXT = Text("文字列を指定してください。", "Give a string.")
_COUNT = Text("1以上の整数を指定してください。", "Give a whole number of at least 1.")
_TRUTH = Text("true 又は false を指定してください。", "Give true or false.")
_ONE_OF = Text("次のいずれかを指定してください：{names}", "Give one of: {names}.")
_AT_LEAST_ONE = Text("1件以上を指定してください。", "Give at least one.")
_TOO_MANY = Text(
    "「{place}」が多すぎます（{count}件）。", 'There are too many in "{place}" ({count}).'
)
_AT_MOST = Text("{most}件以内に分けて送ってください。", "Send them in parts of at most {most}.")


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value of a JSON document, and its place there.

    Every method raises BatchError, naming the place, for a value of another form.
    """

    value: Any
    place: str

    def refused(self, remedy: Text) -> NoReturn:
        """Refuse the value, saying what would be right."""
        raise BatchError(_WRONG.format(place=shortened(self.place)), remedy, place=self.place)

    def object(self, required: Collection[str] = (), among: Collection[str] = ()) -> Members:
        """Return the members of an object; with `among`, it may have no others."""
        if not isinstance(self.value, dict):
            self.refused(_OBJECT)
        where = shortened(self.place)
        unknown = [name for name in self.value if among and name not in among]
        if unknown:
            told = _UNKNOWN.format(place=where, name=shortened(unknown[0]))
            raise BatchError(told, _MEMBERS.format(names=", ".join(among)), place=self.place)
        lacking = [name for name in required if name not in self.value]
        if lacking:
            told = _LACKING.format(place=where, name=lacking[0])
            raise BatchError(told, _ADD.format(name=lacking[0]), place=self.place)
        return Members(self.value, self.place)

    def list(self, most: int, least: int = 0) -> tuple[JsonValue, ...]:
        """Return the values of a list; too many are refused with status 413."""
        if not isinstance(self.value, list):
            self.refused(_LIST)
        if len(self.value) < least:
            self.refused(_AT_LEAST_ONE)
        check_count(self.place, len(self.value), most)
        return tuple(JsonValue(one, f"{self.place}[{at}]") for at, one in enumerate(self.value))

    def text(self) -> str:
        """Return a string; half a surrogate pair, which is no character, becomes a mark."""
        if not isinstance(self.value, str):
            self.refused(_TEXT)
        return self.value.encode(errors="replace").decode()

    def count(self) -> int:
        """Return a number of things, at least 1."""
        value = self.value
        if isinstance(value, float) and math.isfinite(value) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.refused(_COUNT)
        return value

    def truth(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.refused(_TRUTH)
        return self.value

    def choice(self, among: Collection[str]) -> str:
        """Return one of some strings."""
        if self.value not in list(among):
            self.refused(_ONE_OF.format(names=", ".join(among)))
        return str(self.value)

    def one_or_more(self, most: int) -> tuple[JsonValue, ...]:
        """Return the values of a list, as `list` does, or the value itself if it is none."""
        return self.list(most) if isinstance(self.value, list) else (self,)


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object, and its place."""

    values: dict[str, Any]
    place: str

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def __getitem__(self, name: str) -> JsonValue:
        return JsonValue(self.values[name], f"{self.place}.{name}")

    def get(self, name: str, default: Any) -> JsonValue:
        """Return an optional member, or what stands for it if it was not sent.

        Clients send `null` or an empty text for what was not chosen; that is as if not sent.
        """
        value = self.values.get(name)
        return JsonValue(default if value in (None, "") else value, f"{self.place}.{name}")

    def each(self) -> Iterator[tuple[str, JsonValue]]:
        """Yield all members by name; their names are their places."""
        for name, value in self.values.items():
            yield name, JsonValue(value, name)


def read_json(text: str | bytes, place: str) -> JsonValue:
    """Return a JSON document; raises BatchError if it is none.

    `NaN` and `Infinity`, which are no JSON, are refused, as is what is nested too deeply.
    """
    try:
        return JsonValue(json.loads(text, parse_constant=_no_constant), place)
    except (ValueError, RecursionError) as error:
        raise BatchError(_UNREADABLE.format(place=place), _WRITE_JSON, place=place) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def check_count(place: str, count: int, most: int) -> None:
    """Refuse more than `most` of something with status 413 before anything is done with them."""
    if count > most:
        told = _TOO_MANY.format(place=shortened(place), count=f"{count:,}")
        raise BatchError(told, _AT_MOST.format(most=f"{most:,}"), place=place, status=413)


def shortened(place: str) -> str:
    """Return a place, or a name that was sent, as it can stand in a message."""
    told = place.encode(errors="replace").decode()
    return told if len(told) <= _LONGEST_PLACE else f"{told[:_LONGEST_PLACE]}…"


# -- Queries --------------------------------------------------------------------------------------

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


def read_batch(sent: JsonValue) -> Batch:
    """Return a batch of either version: a list in `queries` is that of version 1.0.

    Raises BatchError if it is neither.
    """
    if isinstance(sent.value, dict) and isinstance(sent.value.get("queries"), list):
        return read_batch_10(sent)
    return read_batch_02(sent)


def read_batch_02(sent: JsonValue) -> Batch:
    """Return a batch of version 0.2; raises BatchError if it is none."""
    members = sent.object()
    check_count(sent.place, len(members.values), MOST_QUERIES)
    named = [(name, read_query(one)) for name, one in members.each()]
    return Batch(tuple(query for _, query in named), tuple(name for name, _ in named))


def read_batch_10(sent: JsonValue) -> Batch:
    """Return a batch of version 1.0; raises BatchError if it is none."""
    queries = sent.object(required=("queries",))["queries"].list(MOST_QUERIES)
    return Batch(tuple(map(_query_10, queries)))


def read_query(sent: JsonValue) -> Query:
    """Return a query of version 0.2; raises BatchError if it is none."""
    members = sent.object(among=_OF_02)
    name = members["query"].text() if "query" in members else None
    stated = members.get("properties", []).list(_MOST_CONDITIONS)
    if name is None and not stated:
        sent.refused(_SOMETHING)
    return Query(
        names=() if name is None else (name,),
        types=_types(members),
        strictness=members.get("type_strict", "any").choice(_STRICT),
        limit=_limit(members),
        conditions=tuple(map(_property, stated)),
    )


def _types(members: Members) -> tuple[str, ...]:
    stated = members.get("type", []).one_or_more(_MOST_TYPES)
    return tuple(one.text() for one in stated if one.value not in (None, ""))


def _limit(members: Members) -> int:
    return min(members.get("limit", _USUAL_CANDIDATES).count(), MOST_CANDIDATES)


def _property(sent: JsonValue) -> Condition:
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


def _query_10(sent: JsonValue) -> Query:
    members = sent.object(required=("conditions",), among=_OF_10)
    parts = _Parts()
    for one in members["conditions"].list(_MOST_CONDITIONS, least=1):
        _condition(one, parts)
    members.get("dir", "auto").choice(_DIRECTIONS)
    return Query(
        names=tuple(parts.names[:_MOST_NAMES]),
        ids=tuple(parts.ids),
        excluded=tuple(parts.excluded),
        types=tuple(filter(None, (members.get("type", "").text(),))),
        limit=_limit(members),
        conditions=tuple(parts.conditions),
        language=known(members.get("lang", "").text()),
    )


def _condition(sent: JsonValue, parts: _Parts) -> None:
    members = sent.object(required=("matchType", "propertyValue"))
    about = members["matchType"].choice(_MATCH_TYPES)
    if about == "property":
        sent.object(required=("propertyId",))
    name = members.get("propertyId", "").text()
    quantifier = members.get("matchQuantifier", "any").choice(_QUANTIFIERS)
    required = members.get("required", False).truth()
    members.get("matchQualifier", "").text()
    if about == "property":
        values = _values(members["propertyValue"], name)
        parts.conditions.append(Condition(name, values, required, quantifier))
        return
    wanted = parts.names if about == "name" else parts.ids
    stated = _stated(members["propertyValue"])
    texts = (way for ways in stated for way in ways)
    (parts.excluded if quantifier == "none" else wanted).extend(texts)


def _values(sent: JsonValue, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the values of a condition, each in the ways to say it.

    What is longer than any name or code tells nothing, and does not count.
    """
    short = [tuple(way for way in ways if len(way) <= LONGEST) for ways in _stated(sent)]
    return tuple(_with_zero(ways) if name == CODE else ways for ways in short if ways)


def _stated(sent: JsonValue) -> list[tuple[str, ...]]:
    return [_ways(one) for one in sent.one_or_more(_MOST_VALUES)]


def _ways(sent: JsonValue) -> tuple[str, ...]:
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
        code = code_in(way) if looks_like_code(way) else None
        lost = with_lost_zero(code) if code else None
        found += [lost.six] if lost else []  # what is wrong with another, the matcher tells
    return tuple(dict.fromkeys(found))

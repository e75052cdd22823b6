"""JSON that a stranger sent, read member by member: each fault is told with its place.

A place is written as in a program: `q0.properties[1].v`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from publish.errors import BatchError
from publish.i18n import Text

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
class Sent:
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

    def list(self, most: int, least: int = 0) -> tuple[Sent, ...]:
        """Return the values of a list; too many are refused with status 413."""
        if not isinstance(self.value, list):
            self.refused(_LIST)
        if len(self.value) < least:
            self.refused(_AT_LEAST_ONE)
        check_count(self.place, len(self.value), most)
        return tuple(Sent(one, f"{self.place}[{at}]") for at, one in enumerate(self.value))

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


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object, and its place."""

    values: dict[str, Any]
    place: str

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __getitem__(self, name: str) -> Sent:
        return Sent(self.values[name], f"{self.place}.{name}")

    def each(self) -> Iterator[tuple[str, Sent]]:
        """Yield all members by name; their names are their places."""
        for name, value in self.values.items():
            yield name, Sent(value, name)


def read_json(text: str | bytes, place: str) -> Sent:
    """Return a JSON document; raises BatchError if it is none.

    `NaN` and `Infinity`, which are no JSON, are refused, as is what is nested too deeply.
    """
    try:
        return Sent(json.loads(text, parse_constant=_no_constant), place)
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

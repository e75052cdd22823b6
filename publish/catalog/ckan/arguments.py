"""The arguments of an action of CKAN's API, checked: texts, numbers, truth values, lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.i18n import Text

#: Characters of the longest text.
LONGEST = 2000
#: Texts in the longest list.
_MOST_TEXTS = 50
#: Things on the longest page, as in CKAN.
MOST_ON_PAGE = 1000

_MISSING = Text("値がありません", "Missing value")
_NOT_NATURAL = Text("0以上の整数を指定してください", "Must be a natural number")
_NOT_INTEGER = Text("整数を指定してください", "Invalid integer")
_NOT_TEXT = Text(
    "{most}字以内の文字列を指定してください", "Must be a text of at most {most} characters"
).format(most=LONGEST)
_NOT_TEXTS = Text(
    "{most}個以内の文字列のリストを指定してください", "Must be a list of at most {most} strings"
).format(most=_MOST_TEXTS)


class ActionError(Exception):
    """An action that has no result; `status` and `error` are HTTP's and CKAN's."""

    def __init__(self, status: int, type_: str, members: Mapping[str, object]) -> None:
        super().__init__(f"{type_}: {members}")
        self.status = status
        self.error: dict[str, Any] = {**members, "__type": type_}


def invalid(name: str, why: Text) -> ActionError:
    """Return CKAN's error for an argument that cannot be used."""
    return ActionError(409, "Validation Error", {name: [str(why)]})


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments as they were sent: texts from a URL or form, any JSON from a body.

    Every method raises ActionError 409, naming the argument, for a value that cannot be used.
    """

    given: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a text, "" if it is not given; numbers and truth values count as texts."""
        value = self.given.get(name)
        if isinstance(value, int | float):
            return str(value)
        if value is not None and not (isinstance(value, str) and len(value) <= LONGEST):
            raise invalid(name, _NOT_TEXT)
        return value or ""

    def required(self, *names: str) -> str:
        """Return the first of several texts that is given."""
        found = next((value for name in names if (value := self.text(name))), None)
        if found is None:
            raise invalid(names[-1], _MISSING)
        return found

    def number(self, name: str, default: int, *, least: int | None = 0) -> int:
        """Return a whole number, `default` if it is not given; `least` None allows any."""
        value = self.given.get(name)
        if value is None or value == "":
            return default
        try:
            found = int(value) if isinstance(value, str) and len(value) < 10 else value
        except ValueError as error:
            raise invalid(name, _NOT_INTEGER) from error
        if not isinstance(found, int) or isinstance(found, bool):
            raise invalid(name, _NOT_INTEGER)
        if least is not None and found < least:
            raise invalid(name, _NOT_NATURAL)
        return found

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Return a truth value, `default` if it is not given."""
        said = self.text(name).strip().lower()
        return said in ("true", "yes", "on", "t", "y", "1") if said else default

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; given as one text, it is JSON, or the only one."""
        value = self.given.get(name)
        if isinstance(value, str):
            one = self.text(name)
            value = _listed(name, one) if one.startswith("[") else [one] if one else []
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > _MOST_TEXTS:
            raise invalid(name, _NOT_TEXTS)
        if not all(isinstance(one, str) and len(one) <= LONGEST for one in value):
            raise invalid(name, _NOT_TEXTS)
        return tuple(value)

    def page(self, found: Sequence[Any]) -> list[Any]:
        """Return the part of a list that `limit` and `offset` ask for; limit 0 means no limit."""
        offset, limit = self.number("offset", 0), self.number("limit", 0)
        return list(found[offset : offset + min(limit or MOST_ON_PAGE, MOST_ON_PAGE)])


def _listed(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise invalid(name, _NOT_TEXTS) from error

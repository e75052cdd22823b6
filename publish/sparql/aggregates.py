"""Aggregates that gave nothing: which, why, and the query written so that they give something.

The engine follows the letter of the standard (https://www.w3.org/TR/sparql11-query/#aggregates):
one row of a group without a value, or one value of another type, leaves the whole aggregate
without a result.  Other engines skip such rows, so researchers look for the fault in the data.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from publish.i18n import Text
from publish.sparql.tokens import Token, tokens

#: COUNT and SAMPLE skip rows without a value.
_FUNCTIONS = ("GROUP_CONCAT", "SUM", "AVG", "MIN", "MAX")
_ANY = re.compile("|".join(_FUNCTIONS), re.IGNORECASE)
#: Characters of the longest query that is looked at: a longer one is a table, see `guard`.
_LONGEST = 65_536

_UNBOUND = Text(
    "{column} の空欄：{function} は、グループに値のない行（OPTIONAL で見つからなかった行など）が"
    "一つでもあると、値を返しません。これはSPARQL 1.1の定めです。",
    "Empty cells of {column}: {function} gives no value if one row of the group has none (such as "
    "where an OPTIONAL found nothing). SPARQL 1.1 says so.",
)
_CAUSES = {
    "GROUP_CONCAT": Text(
        "IRIや数値など、文字列でない値があるときも同じです。",
        "The same holds for values that are no text, such as IRIs and numbers.",
    ),
    "SUM": Text(
        "数値でない値があるときも同じです。",
        "The same holds for values that are no numbers.",
    ),
    "MIN": Text(
        "書き換えた照会文では、値のない行を数えません。",
        "The rewritten query leaves out the rows without a value.",
    ),
}
_CAUSES |= {"AVG": _CAUSES["SUM"], "MAX": _CAUSES["MIN"]}


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A call of an aggregate whose result has a name; offsets are of the query's text."""

    function: str
    #: the variable that it is given to, "" as long as that is not known
    column: str
    start: int
    end: int
    #: "DISTINCT " or ""
    distinct: str
    argument: str
    #: what follows the argument: "; SEPARATOR = …" or ""
    rest: str
    #: where the pattern that it counts over ends
    pattern_end: int = 0

    @property
    def note(self) -> Text:
        """Return why it can give nothing."""
        said = _UNBOUND.format(column=f"?{self.column}", function=self.function)
        cause = _CAUSES[self.function]
        return Text(f"{said.ja}{cause.ja}", f"{said.en} {cause.en}")

    def call(self) -> str | None:
        """Return the call written so that rows without a value do no harm, if one can."""
        inner = self.argument
        if inner[:8].upper() == "COALESCE":
            return None
        if self.function == "GROUP_CONCAT":
            text = inner if re.match(r"STR\s*\(", inner, re.IGNORECASE) else f"STR({inner})"
            return f'GROUP_CONCAT({self.distinct}COALESCE({text}, ""){self.rest})'
        total = f"SUM({self.distinct}COALESCE({inner}, 0))"
        if self.function == "AVG":
            return f"({total} / COUNT({self.distinct}{inner}))"
        return total if self.function == "SUM" else None

    def filter(self) -> str:
        """Return the filter that leaves only rows with a value, for MIN and MAX of a variable."""
        is_variable = re.fullmatch(r"[?$]\w+", self.argument) is not None
        chosen = is_variable and self.function in ("MIN", "MAX")
        return f"FILTER(BOUND({self.argument})) " if chosen else ""


@dataclass(frozen=True, slots=True)
class Advice:
    """Why cells of an answer are empty, and the query to ask instead, if there is one."""

    notes: tuple[Text, ...]
    query: str | None


def advise(query: str, content: Mapping[str, Any]) -> Advice | None:
    """Return what to say of an answer (SPARQL JSON), or None if no aggregate in it gave nothing."""
    if not aggregates(query):
        return None
    rows = content.get("results", {}).get("bindings", ())
    names = content["head"].get("vars", ())
    return advice(query, {name for name in names if any(name not in row for row in rows)})


def advice(query: str, empty: Collection[str]) -> Advice | None:
    """Return what to say of columns in which cells are empty, or None if none is an aggregate."""
    concerned = [one for one in aggregates(query) if one.column in empty]
    if not concerned:
        return None
    notes = tuple(dict.fromkeys(one.note for one in concerned))
    return Advice(notes, _rewritten(query, concerned))


def _rewritten(query: str, concerned: Sequence[Aggregate]) -> str | None:
    """Return the query with other calls, and filters at the end of patterns; None if it is as it was."""
    changes = {
        *((one.start, one.end, text) for one in concerned if (text := one.call())),
        *((one.pattern_end, one.pattern_end, one.filter()) for one in concerned if one.filter()),
    }
    found = query
    for start, end, text in sorted(changes, reverse=True):
        found = found[:start] + text + found[end:]
    return found if changes else None


# -- Reading ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Frame:
    """An open bracket: what has been found in it."""

    opening: Token
    #: the word before it, if that names an aggregate
    function: Token | None = None
    #: where an argument's separator begins
    semicolon: int | None = None
    distinct: Token | None = None
    found: list[Aggregate] = field(default_factory=list)


def aggregates(query: str) -> tuple[Aggregate, ...]:
    """Return the aggregates of a query that have a name, in their order."""
    if len(query) > _LONGEST or not _ANY.search(query):
        return ()
    reader = _Reader(query)
    for token in tokens(query):
        reader.read(token)
    return tuple(sorted(reader.done, key=lambda one: one.start))


class _Reader:
    """Looks at each terminal once, with the brackets that are open."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.done: list[Aggregate] = []
        self._open: list[_Frame] = []
        #: named, and waiting for the pattern of their SELECT
        self._named: list[Aggregate] = []
        self._last = Token("start", "", 0)

    def read(self, token: Token) -> None:
        """Take the next terminal."""
        if token.text in ("(", "{"):
            self._enter(token)
        elif token.text in (")", "}") and self._open:
            self._leave(self._open.pop(), token)
        elif token.kind == "variable" and self._last.text.upper() == "AS" and self._open:
            frame = self._open[-1]
            self._named += [replace(one, column=token.text[1:]) for one in frame.found]
            frame.found.clear()
        elif self._open:
            self._inside(self._open[-1], token)
        self._last = token

    def _enter(self, token: Token) -> None:
        named = token.text == "(" and self._last.text.upper() in _FUNCTIONS
        frame = _Frame(token, function=self._last if named else None)
        if token.text == "{":
            frame.found, self._named = self._named, []
        self._open.append(frame)

    def _inside(self, frame: _Frame, token: Token) -> None:
        if token.text == ";" and frame.semicolon is None:
            frame.semicolon = token.start
        elif token.text.upper() == "DISTINCT" and self._last == frame.opening:
            frame.distinct = token

    def _leave(self, frame: _Frame, token: Token) -> None:
        if frame.opening.text == "{":
            self.done += [replace(one, pattern_end=token.start) for one in frame.found]
        elif self._open:
            if frame.function is not None:
                frame.found.append(self._aggregate(frame, frame.function, token))
            self._open[-1].found += frame.found

    def _aggregate(self, frame: _Frame, function: Token, token: Token) -> Aggregate:
        head = frame.distinct or frame.opening
        end = token.start if frame.semicolon is None else frame.semicolon
        return Aggregate(
            function=function.text.upper(),
            column="",
            start=function.start,
            end=token.start + 1,
            distinct="DISTINCT " if frame.distinct else "",
            argument=self.query[head.start + len(head.text) : end].strip(),
            rest=self.query[end : token.start],
        )

"""Where a query that the engine refuses is wrong.

The engine's own position cannot be shown to people: it is the farthest character its parser has
looked at, up to fourteen characters too far, and its message lists half the grammar.  But the
parser does tell whether a text could be the beginning of a query, for then it complains about
what is put behind that text.  So the first terminal that cannot stand where it stands is found
by halving, with some fifteen parses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import Store

from publish.sparql.tokens import Token, mark, tokens

#: `unexpected` a terminal cannot stand here; `early` the query ends too early;
#: `bound` AS names a variable that is in use; `meaning` another rule beyond the grammar is broken
Kind = Literal["unexpected", "early", "bound", "meaning"]

#: longer than any keyword, for the parser looks ahead by the length of the keywords it tries
_PADDING = " " * 40
#: Begins no terminal.  Without it a beginning that is a whole query would be planned, too.
_STRAY = "\\"
_POSITION = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
#: the engine's complaints that are sentences, among the characters and words it lists
_SENTENCE = re.compile(r"(?:one of |, |^)((?:The|SELECT|Duplicated) [A-Za-z* ]*)(?=, |$)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a query, and where; `text` is the terminal or the engine's sentence."""

    kind: Kind
    text: str
    line: int
    column: int


def find_mistake(query: str) -> Mistake:
    """Return the first mistake of a query that the engine has refused to parse."""
    terminals = list(tokens(query))
    empty = Store()
    low, high = 0, len(terminals)
    while low < high:
        middle = (low + high) // 2
        if _could_go_on(empty, _up_to(query, terminals[middle])):
            low = middle + 1
        else:
            high = middle
    if low == len(terminals):
        return _at_the_end(empty, query)
    bound = low >= 3 and _is_bound(empty, query, terminals[low - 3 : low])
    found = mark(query, terminals[low - 2 if bound else low])
    return Mistake("bound" if bound else "unexpected", found.text, found.line, found.column)


def _is_bound(empty: Store, query: str, before: list[Token]) -> bool:
    """Tell whether the terminals are the end of a BIND after which not even its group can end."""
    as_, variable, bracket = before
    ends_bind = as_.text.upper() == "AS" and variable.kind == "variable" and bracket.text == ")"
    return ends_bind and not _could_go_on(empty, _up_to(query, bracket) + " }")


def _up_to(query: str, token: Token) -> str:
    return query[: token.start + len(token.text)]


def _could_go_on(empty: Store, text: str) -> bool:
    """Tell whether the parser has nothing against a text but what stands behind it."""
    padded = text + _PADDING
    complaint = _complaint(empty, padded + _STRAY)
    return complaint is None or complaint[:2] >= _end(padded)


def _complaint(empty: Store, text: str) -> tuple[int, int, str] | None:
    """Return line and column of the parser's complaint, and what it expected there."""
    try:
        empty.query(text)
    except SyntaxError as error:
        found = _POSITION.match(str(error))
        return (int(found[1]), int(found[2]), found[3]) if found else (0, 0, str(error))
    except (OSError, RuntimeError, ValueError):
        pass
    return None


def _end(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _at_the_end(empty: Store, query: str) -> Mistake:
    line, column = _end(query.rstrip())
    complaint = _complaint(empty, query + _PADDING)
    expected = complaint[2] if complaint else ""
    sentence = _SENTENCE.search(expected)
    if sentence is not None:
        return Mistake("meaning", sentence[1], line, column)
    if '"' in expected or not any(tokens(query)):
        return Mistake("early", "", line, column)
    return Mistake("meaning", "", line, column)

"""SPARQL text cut into its terminals, and what can be known of a query from them alone.

`inspect` reads a query once, from left to right, in time linear in its length, and tells its
form, whether it calls SERVICE or is an update, and how complex it is; `publish.refusals` turns
that into errors.  Words in strings, IRIs, comments, variables and names do not count.

The terminals are those of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
The engine is less strict than they are: it reads keywords without a boundary, so that
`SERVICEex:a{…}` calls a service, and after an operand it reads `<` as "less than" even where
the longest match is an IRI.  Where the two readings could differ in what is code and what is
not, the text is given as a fault, which the client can mend with a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "UPDATE"]
#: `stray` a character that begins no terminal; `string` a string that does not end;
#: `escape` a codepoint escape outside strings and IRIs; `quote` and `angle` two readings;
#: `prefix` a name whose prefix is not declared
Fault = Literal["stray", "string", "escape", "quote", "angle", "prefix"]

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _BASE + "_0-9\u00b7\u0300-\u036f\u203f\u2040"
_HEX = "[0-9A-Fa-f]"
# No surrogates and nothing above U+10FFFF: the engine gives up a string at such an escape and
# reads its quotation marks in another way.
_CODEPOINT = (
    rf"\\u(?![dD][89A-Fa-f]){_HEX}{{4}}"
    rf"|\\U(?!0000[dD][89A-Fa-f])(?:000{_HEX}|0010){_HEX}{{4}}"
)
_ESCAPE = rf"\\[tbnrf\"'\\]|{_CODEPOINT}"
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?: [:_0-9{_BASE}] | {_LOCAL_ESCAPE} )(?: \.*+(?: [:\-{_REST}] | {_LOCAL_ESCAPE} ) )*+"
_RUN = rf"[{_BASE}](?: \.*+[\-{_REST}] )*+"
_SIMPLE = rf"""
    (?P<word> [{_BASE}][{_REST}]*+ )
  | (?P<number> (?: [0-9]++\.?[0-9]*+ | \.[0-9]++ )[eE][+-]?[0-9]++ | [0-9]*+\.[0-9]++ | [0-9]++ )
  | (?P<mark> [{{}}()\[\].,;|^/*+?!=<>&~\-] )
  | (?P<other> . )
"""
_SIMPLE_TERMINALS = re.compile(_SIMPLE, re.VERBOSE | re.DOTALL)
# A `run` is a prefix with dots and hyphens that no colon follows.  It is cut up afterwards, for
# looking for the colon again from each of its words would cost the square of its length.
_TERMINALS = re.compile(
    rf"""
    (?P<skip> [ \t\r\n]++ | \#[^\r\n]*+ )
  | (?P<iri> <(?: [^\x00-\x20<>"{{}}|^`\\] | {_CODEPOINT} )*+> )
  | (?P<string>
        \"\"\"(?: [^"\\] | "(?!"") | {_ESCAPE} )*+\"\"\"
      | \'\'\'(?: [^'\\] | '(?!'') | {_ESCAPE} )*+\'\'\'
      | "(?: [^"\\\r\n] | {_ESCAPE} )*+"
      | '(?: [^'\\\r\n] | {_ESCAPE} )*+'
    )
  | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+ )
  | (?P<variable> [?$][_0-9{_BASE}][{_REST}]*+ )
  | (?P<node> _:[_0-9{_BASE}](?: \.*+[\-{_REST}] )*+ )
  | (?P<name> (?: {_RUN} )?+:(?: {_LOCAL} )?+ )
  | (?P<run> {_RUN} )
  | {_SIMPLE}
    """,
    re.VERBOSE | re.DOTALL,
)

_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PROLOGUE = frozenset(("BASE", "PREFIX", "VERSION"))
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
#: `WITH` and `ADD` mean nothing in a query, so only a first word makes them an update
_NOT_IN_QUERIES = _UPDATES - {"ADD", "WITH"}
_VOLATILE = ("RAND", "NOW", "UUID", "BNODE")
_OPERATORS = frozenset("!=<>+-*/|&^")
_OPERANDS = frozenset(("iri", "string", "language", "variable", "name", "number"))
_NAMED_BEFORE_GROUP = frozenset(("GRAPH", "FROM", "NAMED"))
_CLOSES = {")": "(", "}": "{", "]": "["}


class Token(NamedTuple):
    """One terminal: the name of its kind, its text, and where it begins in the query."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a query: the text found there, line and column counted from 1."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the terminals of a query tell about it."""

    #: None if no word says what it is
    form: Form | None
    #: the first SERVICE, LOAD or other word of an update
    forbidden: Mark | None
    #: the first place where the text is no SPARQL or can be read in two ways
    fault: tuple[Fault, Mark] | None
    #: answers differ from time to time: RAND, NOW, UUID, STRUUID or BNODE
    volatile: bool
    #: has FROM or FROM NAMED
    dataset: bool
    #: how deep brackets of any kind are nested
    depth: int
    #: groups, operators and AS: what the engine recurses on
    steps: int
    #: `/`, whose cost in paths grows with the cube of their number
    slashes: int


def tokens(query: str) -> Iterator[Token]:
    """Yield the terminals of a query; blanks and comments are left out.

    Text that is no SPARQL comes as tokens of kind "other", a character each.  The last one is
    the quotation mark of a string that does not end, if there is one.
    """
    for match in _TERMINALS.finditer(query):
        kind = match.lastgroup or ""
        if kind == "run":
            for part in _SIMPLE_TERMINALS.finditer(query, match.start(), match.end()):
                yield Token(part.lastgroup or "", part[0], part.start())
        elif kind != "skip":
            yield Token(kind, match[0], match.start())
            if kind == "other" and match[0] in "'\"":
                # A string without an end: what follows has no certain reading, and looking for
                # the end from each of its quotation marks would cost the square of its length.
                return


def mark(query: str, token: Token) -> Mark:
    """Return the place of a token as line and column."""
    before = query[: token.start]
    line_start = before.rfind("\n") + 1
    return Mark(token.text, before.count("\n") + 1, token.start - line_start + 1)


def inspect(query: str) -> Inspection:
    """Return what the terminals of a query tell about it; never raises."""
    return _Reading(query).inspection()


class _Reading:
    """A reading of one query: what has been seen so far."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.form: Form | None = None
        self.forbidden: Mark | None = None
        self.fault: tuple[Fault, Mark] | None = None
        self.volatile = False
        self.dataset = False
        self.depth = self.steps = self.slashes = 0
        #: open brackets, innermost last; "data" is the brace after VALUES
        self._open: list[str] = []
        self._prefixes: set[str] = set()
        self._values = False
        self._last = self._before = Token("start", "", 0)

    def inspection(self) -> Inspection:
        readers = {
            "word": self._word,
            "name": self._name,
            "mark": self._mark,
            "iri": self._iri,
            "string": self._string,
            "other": self._other,
            "variable": self._term,
        }
        for token in tokens(self.query):
            reader = readers.get(token.kind)
            if reader is not None:
                reader(token)
            if self._values and token.text not in ("(", ")") and token.kind != "variable":
                self._values = token.kind == "word"
            self._before, self._last = self._last, token
        return Inspection(
            self.form,
            self.forbidden,
            self.fault,
            self.volatile,
            self.dataset,
            self.depth,
            self.steps,
            self.slashes,
        )

    def _word(self, token: Token) -> None:
        word = token.text.upper()
        if self.form is None and word not in _PROLOGUE:
            self.form = _form(word)
            if self.form == "UPDATE":
                self._forbid(token)
        if "SERVICE" in word or word in _NOT_IN_QUERIES:
            self._forbid(token)
        self.volatile = self.volatile or word.endswith(_VOLATILE)
        if not self._open and word.endswith("FROM"):
            self.dataset = True
        if word == "AS":
            self.steps += 1
        self._values = word == "VALUES"

    def _name(self, token: Token) -> None:
        prefix = token.text.partition(":")[0]
        if self._last.kind == "word" and self._last.text.upper() == "PREFIX":
            self._prefixes.add(prefix)
            return
        if prefix not in self._prefixes:
            self._find("prefix", token)
        if not self._open and self.form != "DESCRIBE" and prefix.upper().startswith("FROM"):
            self.dataset = True
        self._term(token)

    def _term(self, token: Token) -> None:
        # DESCRIBE <a> <b> … is a recursion of the engine over its terms
        if self.form == "DESCRIBE" and not self._open:
            self.steps += 1

    def _mark(self, token: Token) -> None:
        character = token.text
        if character in "([{":
            self._enter(token)
        elif character in _CLOSES:
            self._leave(_CLOSES[character])
        elif character in _OPERATORS and "data" not in self._open:
            self.steps += 1
            self.slashes += character == "/"

    def _enter(self, token: Token) -> None:
        kind = token.text
        if kind == "{":
            self.steps += 1
            self._glued_service()
            kind = "data" if self._values else kind
        self._open.append(kind)
        self.depth = max(self.depth, len(self._open))

    def _leave(self, opening: str) -> None:
        if self._open and self._open[-1] in (opening, "data"):
            self._open.pop()

    def _glued_service(self) -> None:
        """Find `SERVICEex:a {`: only a name directly before a group can hide the word."""
        if self._last.kind != "name" or "SERVICE" not in self._last.text.partition(":")[0].upper():
            return
        describes = self.form == "DESCRIBE" and not self._open
        if not describes and self._before.text.upper() not in _NAMED_BEFORE_GROUP:
            self._forbid(self._last)

    def _iri(self, token: Token) -> None:
        self._term(token)
        if not re.search(r"['()#]", token.text):
            return
        adjacent = self._last.text == "<" and self._last.start + 1 == token.start
        in_brackets = self._open[-1:] == ["("] and "data" not in self._open
        if adjacent or (in_brackets and _ends_operand(self._last)):
            self._find("angle", token)

    def _string(self, token: Token) -> None:
        last = self._last
        adjacent = last.kind == "string" and last.start + len(last.text) == token.start
        if adjacent and last.text[-1] == token.text[0]:
            self._find("quote", token)

    def _other(self, token: Token) -> None:
        kinds: dict[str, Fault] = {'"': "string", "'": "string", "\\": "escape"}
        self._find(kinds.get(token.text, "stray"), token)

    def _forbid(self, token: Token) -> None:
        if self.forbidden is None:
            self.forbidden = mark(self.query, token)

    def _find(self, fault: Fault, token: Token) -> None:
        if self.fault is None:
            self.fault = (fault, mark(self.query, token))


def _ends_operand(token: Token) -> bool:
    return (
        token.kind in _OPERANDS
        or token.text == ")"
        or token.text.upper().endswith(("TRUE", "FALSE"))
    )


def _form(word: str) -> Form | None:
    if word in _UPDATES:
        return "UPDATE"
    return next((form for form in _FORMS if word.startswith(form)), None)

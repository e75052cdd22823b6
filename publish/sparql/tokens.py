"""SPARQL text cut into its terminals, in time linear in its length.

The terminals are those of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _BASE + "_0-9\u00b7\u0300-\u036f\u203f\u2040"
_HEX = "[0-9A-Fa-f]"
# No surrogates and nothing above U+10FFFF: at such an escape the engine takes the first two
# quotation marks of a long string for an empty one, and reads on in what seemed to be a string.
_CODEPOINT = (
    rf"\\u(?![dD][89A-Fa-f]){_HEX}{{4}}"
    rf"|\\U(?!0000[dD][89A-Fa-f])(?:000{_HEX}|0010){_HEX}{{4}}"
)
_ESCAPE = rf"\\[tbnrf\"'\\]|{_CODEPOINT}"
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?: [:_0-9{_BASE}] | {_LOCAL_ESCAPE} )(?: \.*+(?: [:\-{_REST}] | {_LOCAL_ESCAPE} ) )*+"
_RUN = rf"[{_BASE}](?: \.*+[\-{_REST}] )*+"
_NUMBER = r"(?: [0-9]++\.?[0-9]*+ | \.[0-9]++ )[eE][+-]?[0-9]++ | [0-9]*+\.[0-9]++ | [0-9]++"
_SIMPLE = rf"""
    (?P<word> [{_BASE}][{_REST}]*+ )
  | (?P<number> {_NUMBER} )
  | (?P<mark> [{{}}()\[\].,;|^/*+?!=<>&~\-] )
  | (?P<other> . )
"""
_SIMPLE_TERMINALS = re.compile(_SIMPLE, re.VERBOSE | re.DOTALL)
_SKIP = r"[ \t\r\n]++ | \#[^\r\n]*+"
_IRI = rf"""<(?: [^\x00-\x20<>"{{}}|^`\\] | {_CODEPOINT} )*+>"""
_STRING = rf"""
        \"\"\"(?: [^"\\] | "(?!"") | {_ESCAPE} )*+\"\"\"
      | \'\'\'(?: [^'\\] | '(?!'') | {_ESCAPE} )*+\'\'\'
      | "(?!"")(?: [^"\\\r\n] | {_ESCAPE} )*+"
      | '(?!'')(?: [^'\\\r\n] | {_ESCAPE} )*+'
"""
_LANGUAGE = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+"
# A `run` is a prefix with dots and hyphens that no colon follows.  It is cut up afterwards, for
# looking for the colon again from each of its words would cost the square of its length.
_TERMINALS = re.compile(
    rf"""
    (?P<skip> {_SKIP} )
  | (?P<iri> {_IRI} )
  | (?P<string> {_STRING} )
  | (?P<language> {_LANGUAGE} )
  | (?P<variable> [?$][_0-9{_BASE}][{_REST}]*+ )
  | (?P<node> _:[_0-9{_BASE}](?: \.*+[\-{_REST}] )*+ )
  | (?P<name> (?: {_RUN} )?+:(?: {_LOCAL} )?+ )
  | (?P<run> {_RUN} )
  | {_SIMPLE}
    """,
    re.VERBOSE | re.DOTALL,
)
#: What the rows of VALUES are made of; the group is the prefix of a name, with its colon.
_DATUM = rf"""
    {_SKIP} | {_IRI} | {_STRING} | {_LANGUAGE} | \^\^ | [+-]?(?: {_NUMBER} )
  | ((?: {_RUN} )?+:)(?: {_LOCAL} )?+
  | (?i: UNDEF | TRUE | FALSE )(?! [\-.:{_REST}] )
"""
_DATA_PREFIXES = re.compile(_DATUM, re.VERBOSE)
_ITEMS = rf"(?: {_DATUM.replace('((?:', '(?:(?:')} )"
_DATA = re.compile(rf"(?: {_ITEMS} | \( {_ITEMS}*+ \) )*+", re.VERBOSE)


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


def tokens(query: str, start: int = 0) -> Iterator[Token]:
    """Yield the terminals of a query from an offset on; blanks and comments are left out.

    Text that is no SPARQL comes as tokens of kind "other", a character each.  The last one is
    the quotation mark of a string that does not end, if there is one.
    """
    for match in _TERMINALS.finditer(query, start):
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


def data_end(query: str, start: int) -> int:
    """Return where the values that begin at an offset end: whole rows, in one step for all.

    A table of thousands of codes is no more code than a long string is: it has neither words nor
    groups, and is not worth a look at each of its terminals.
    """
    match = _DATA.match(query, start)
    return match.end() if match else start


def prefixes_of_data(query: str, start: int, end: int) -> set[str]:
    """Return the prefixes of the names among values, without their colon."""
    return {found[:-1] for found in _DATA_PREFIXES.findall(query, start, end) if found}


def first_name(query: str, start: int, end: int, prefix: str) -> Token:
    """Return the first name with a prefix among values that have one."""
    found = (one for one in _DATA_PREFIXES.finditer(query, start, end) if one[1] == f"{prefix}:")
    match = next(found)
    return Token("name", match[0], match.start())

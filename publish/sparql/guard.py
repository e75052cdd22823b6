"""Which queries are refused before they cost anything, and how their faults are told.

`inspect` reads the terminals of a query once, from left to right, and tells its form, whether it
calls SERVICE or is an update, and how complex it is; `refuse` turns that into errors.  Words in
strings, IRIs, comments, variables and names do not count.

The engine is less strict than the grammar: it reads keywords without a boundary, so that
`SERVICEex:a{…}` calls a service, and after an operand it reads `<` as "less than" even where
the longest match is an IRI.  Where the two readings could differ in what is code and what is
not, the text is given as a fault, which the client can mend with a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from publish.errors import QueryError
from publish.i18n import Text
from publish.rdf.namespaces import PREFIXES
from publish.sparql.tokens import (
    Mark,
    Token,
    data_end,
    first_name,
    mark,
    prefixes_of_data,
    tokens,
)

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "UPDATE"]
#: `stray` what begins no terminal, or one that cannot stand there; `string` a string that does not end;
#: `escape` a codepoint escape outside strings and IRIs; `angle` a `<` with two readings;
#: `prefix` a name whose prefix is not declared
Fault = Literal["stray", "string", "escape", "angle", "prefix"]

#: The engine's parser is recursive: 800 nested function calls or EXISTS end its process, and
#: planning 100 nested lists takes a second.
DEEPEST = 64
#: The engine recurses over chains of groups and operators: 2,500 OPTIONALs end its process.
MOST_STEPS = 1_000
#: A path of 100 steps is planned in 0.04 s, one of 400 in 4 s.
MOST_SLASHES = 100
#: What 64 kB of useful text can have, values in VALUES left aside; reading them takes some 0.04 s.
MOST_TOKENS = 20_000

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
    #: terminals
    length: int


def inspect(query: str) -> Inspection:
    """Return what the terminals of a query tell about it; never raises.

    Reading stops at the first thing for which the query is refused.
    """
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
        self.depth = self.steps = self.slashes = self.length = 0
        #: open brackets, innermost last; "data" is the brace after VALUES
        self._open: list[str] = []
        self._in_data = 0
        self._prefixes: set[str] = set()
        self._values = False
        self._last = self._before = Token("start", "", 0)

    def inspection(self) -> Inspection:
        readers = {
            "word": self._word,
            "name": self._name,
            "mark": self._mark,
            "iri": self._iri,
            "other": self._other,
            "variable": self._term,
        }
        rest = tokens(self.query)
        while (token := next(rest, None)) is not None:
            reader = readers.get(token.kind)
            if reader is not None:
                reader(token)
            if self._values and token.text not in ("(", ")") and token.kind != "variable":
                self._values = token.kind == "word"
            self._before, self._last = self._last, token
            self.length += 1
            if self._in_data:
                rest = self._behind_data(token.start + len(token.text), rest)
            if self._is_refused():
                break
        return Inspection(
            self.form,
            self.forbidden,
            self.fault,
            self.volatile,
            self.dataset,
            self.depth,
            self.steps,
            self.slashes,
            self.length,
        )

    def _behind_data(self, start: int, rest: Iterator[Token]) -> Iterator[Token]:
        """Return the terminals behind the values that begin here, or those to come if none do."""
        end = data_end(self.query, start)
        if end == start:
            return rest
        prefixes = prefixes_of_data(self.query, start, end)
        if any("SERVICE" in prefix.upper() for prefix in prefixes):
            return rest  # to be looked at one by one: see `_glued_service`
        undeclared = prefixes - self._prefixes
        for token in sorted(
            (first_name(self.query, start, end, prefix) for prefix in undeclared),
            key=lambda one: one.start,
        ):
            self._find("prefix", token)
        return tokens(self.query, end)

    def _is_refused(self) -> bool:
        # a name that is not declared may turn out to be a glued SERVICE
        return (
            self.forbidden is not None
            or (self.fault is not None and self.fault[0] != "prefix")
            or self.depth > DEEPEST
            or self.steps > MOST_STEPS
            or self.slashes > MOST_SLASHES
            or self.length > MOST_TOKENS
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
        elif character in _OPERATORS and not self._in_data:
            self.steps += 1
            self.slashes += character == "/"

    def _enter(self, token: Token) -> None:
        kind = token.text
        if kind == "{":
            self.steps += 1
            self._glued_service()
            kind = "data" if self._values else kind
            self._in_data += kind == "data"
        self._open.append(kind)
        self.depth = max(self.depth, len(self._open))

    def _leave(self, opening: str) -> None:
        if self._open and self._open[-1] in (opening, "data"):
            self._in_data -= self._open.pop() == "data"

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
        in_brackets = self._open[-1:] == ["("] and not self._in_data
        if adjacent or (in_brackets and _ends_operand(self._last)):
            self._find("angle", token)

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


# -- Errors ---------------------------------------------------------------------------------------

#: bytes of the longest query: a table of tens of thousands of codes, as VALUES
LONGEST = 1 << 20

_READ_ONLY = Text(
    "このエンドポイントは読み取り専用です。更新（INSERT、DELETE、LOADなど）は受け付けません。",
    "This endpoint is read-only. It takes no updates (INSERT, DELETE, LOAD and the like).",
)
_ASK_INSTEAD = Text(
    "SELECT、ASK、CONSTRUCT又はDESCRIBEで問い合わせてください。",
    "Send a SELECT, ASK, CONSTRUCT or DESCRIBE query.",
)
_NO_SERVICE = Text(
    "SERVICEは使えません。このエンドポイントは、ほかのサーバーに接続しません。",
    "SERVICE cannot be used: this endpoint does not connect to other servers.",
)
_COMBINE_YOURSELF = Text(
    "お手元のツール（Comunicaなど）で、両方のエンドポイントに問い合わせてください。",
    "Query both endpoints from your side, for instance with Comunica.",
)
_LOOK_AT_PLACE = Text(
    "示した場所とその直前のつづり、引用符、かっこを確かめてください。",
    "Check spelling, quotation marks and brackets there and just before it.",
)
_FAULTS: dict[Fault, tuple[Text, Text]] = {
    "stray": (
        Text("「{text}」は、ここには書けません。", '"{text}" cannot stand here.'),
        _LOOK_AT_PLACE,
    ),
    "string": (
        Text(
            "引用符 {text} で始まる文字列が終わっていません。",
            "The string that begins with {text} does not end.",
        ),
        Text(
            "閉じる引用符を書いてください。改行を含む文字列は、三つの引用符で囲みます。",
            "Close the quotation mark. A string with line breaks stands in three of them.",
        ),
    ),
    "escape": (
        Text(
            "\\u で始まる文字の表記は、文字列とIRIの中だけで使えます。",
            "Escapes with \\u can be used in strings and IRIs only.",
        ),
        Text("その文字をそのまま書いてください。", "Write the character itself."),
    ),
    "angle": (
        Text(
            "「<」が、IRIの始まりとも「より小さい」とも読めます。",
            'This "<" can be read as the start of an IRI and as "less than".',
        ),
        Text(
            "「より小さい」なら後ろに空白を入れ、IRIなら接頭辞（PREFIX）を使って書いてください。",
            'Put a blank after it for "less than"; write the IRI with a PREFIX otherwise.',
        ),
    ),
    "prefix": (
        Text(
            "接頭辞「{prefix}:」が宣言されていません。", 'The prefix "{prefix}:" is not declared.'
        ),
        Text(
            "照会文の先頭に PREFIX {prefix}: <{namespace}> を加えてください。",
            "Write PREFIX {prefix}: <{namespace}> at the start of the query.",
        ),
    ),
}
_WIDE = Text(
    "全角の空白や記号は、文字列の外では使えません。半角で書いてください。",
    "Full-width blanks and signs mean nothing outside strings: write the half-width ones.",
)


def refuse(query: str, *, longest: int = LONGEST) -> Inspection:
    """Return what is known of a query, or refuse it before it costs anything.

    Raises QueryError: 413 if it is too long, 403 if it is an update or calls SERVICE,
    400 if its text cannot be read for certain or is nested or chained too deeply.
    """
    if len(query.encode(errors="replace")) > longest:
        raise _too_long(longest)
    inspection = inspect(query)
    if inspection.forbidden is not None:
        raise forbidden(inspection.forbidden)
    if inspection.fault is not None:
        raise faulty(*inspection.fault)
    _refuse_complex(inspection)
    return inspection


def forbidden(mark: Mark) -> QueryError:
    """Return the error for SERVICE or a word of an update."""
    service = "SERVICE" in mark.text.upper()
    what, remedy = (_NO_SERVICE, _COMBINE_YOURSELF) if service else (_READ_ONLY, _ASK_INSTEAD)
    return QueryError(what, remedy, status=403, line=mark.line, column=mark.column)


def faulty(fault: Fault, mark: Mark) -> QueryError:
    """Return the error for a place where the text is no SPARQL, or not surely."""
    what, remedy = _FAULTS[fault]
    prefix = mark.text.partition(":")[0]
    values = {
        "text": shown(mark.text),
        "prefix": prefix,
        "namespace": PREFIXES.get(prefix, "…"),
    }
    wide = _WIDE if _is_wide(mark.text) else None
    return QueryError(
        what.format(**values),
        wide or remedy.format(**values),
        status=400,
        line=mark.line,
        column=mark.column,
    )


def _is_wide(text: str) -> bool:
    """Tell whether a text has full-width forms of ASCII, as a Japanese keyboard gives them."""
    return any(unicodedata.normalize("NFKC", letter) <= "~" < letter for letter in text)


def shown(text: str, most: int = 40) -> str:
    """Return a text short enough to be quoted in a message."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _too_long(longest: int) -> QueryError:
    return QueryError(
        Text(
            "照会文が長すぎます（上限 {longest} バイト）。",
            "The query is too long (at most {longest} bytes).",
        ).format(longest=f"{longest:,}"),
        Text(
            "照会文を分けるか、一括データをダウンロードして手元で処理してください。",
            "Split the query, or download the data and work on it yourself.",
        ),
        status=413,
    )


def _refuse_complex(inspection: Inspection) -> None:
    counts = (
        (Text("かっこの入れ子", "Nested brackets"), inspection.depth, DEEPEST),
        (Text("グループと演算子", "Groups and operators"), inspection.steps, MOST_STEPS),
        (Text("「/」", 'Signs "/"'), inspection.slashes, MOST_SLASHES),
        (Text("語と記号", "Words and signs"), inspection.length, MOST_TOKENS),
    )
    for what, count, most in counts:
        if count > most:
            raise QueryError(
                Text(
                    "照会文が複雑すぎます。{what}は{most}までです。",
                    "The query is too complex. {what}: at most {most}.",
                ).format(what=what, most=f"{most:,}"),
                Text(
                    "値の並びはVALUESで書き、照会文を分けてください。",
                    "Write lists of values with VALUES, and split the query.",
                ),
                status=400,
            )

"""Which queries are not even handed to a worker, and how a query's faults are told."""

from __future__ import annotations

import unicodedata

from publish.errors import QueryError
from publish.i18n import Text
from publish.rdf.namespaces import PREFIXES
from publish.sparql.guard import (
    DEEPEST,
    MOST_SLASHES,
    MOST_STEPS,
    MOST_TOKENS,
    Fault,
    Inspection,
    inspect,
)
from publish.sparql.tokens import Mark

#: bytes of the longest query
LONGEST = 65_536

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
    wide = _WIDE if is_wide(mark.text) else None
    return QueryError(
        what.format(**values),
        wide or remedy.format(**values),
        status=400,
        line=mark.line,
        column=mark.column,
    )


def unexpected(mark: Mark) -> QueryError:
    """Return the error for a terminal that the grammar does not allow where it stands."""
    return faulty("stray", mark)


def is_wide(text: str) -> bool:
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

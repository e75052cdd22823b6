"""The parts of a SPARQL request -> its parameters, decoded, whichever way it was sent.

No HTTP objects here: a request comes as plain values.
https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote_to_bytes

from publish.errors import QueryError
from publish.formats import SPARQL_QUERY
from publish.i18n import Text

FORM = "application/x-www-form-urlencoded"
DIRECT = SPARQL_QUERY.media_type
UPDATE = "application/sparql-update"
#: What POST takes, for the header Accept-Post.
ACCEPT_POST = f"{DIRECT}, {FORM}"
#: Bytes of the longest body that is read: the longest query, every byte of it percent-encoded.
MOST_BYTES = 262_144
_MOST_PARAMETERS = 1000
#: Python's names of the charsets that are read; UTF-8 loses its byte order mark.
_CHARSETS = {
    "utf-8": "utf-8", "ascii": "utf-8", "iso8859-1": "cp1252", "cp1252": "cp1252",
    "shift_jis": "cp932", "cp932": "cp932", "euc_jp": "euc_jp", "utf-16": "utf-16",
    "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
}  # fmt: skip

#: Registered with IANA, or in use, but not known to Python.
_OTHER_NAMES = {"windows-31j": "cp932", "x-sjis": "cp932", "x-euc-jp": "euc_jp"}

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it came: the part of its URL after "?", and its body with what is said of it."""

    method: str
    url: bytes = b""
    content_type: str | None = None
    content_encoding: str = ""
    body: bytes = b""


def read(sent: Sent) -> Pairs:
    """Return the parameters of a request; a body that is the query itself becomes `query`.

    Raises QueryError: 400 if they cannot be read, 403 for an update, 413 if they are too long,
    415 if the body is of another type, charset or encoding.
    """
    url = _parsed(sent.url, "utf-8")
    if sent.method != "POST":
        return url
    media_type, charset = _content_type(sent.content_type)
    if media_type == UPDATE:
        raise read_only()
    if media_type not in (FORM, DIRECT):
        raise _unreadable_type(media_type)
    if sent.content_encoding.strip().lower() not in ("", "identity"):
        raise _unreadable_type(f"{media_type}; {sent.content_encoding}")
    if len(sent.body) > MOST_BYTES:
        raise _too_long()
    if media_type == FORM:
        return [*url, *_parsed(sent.body, charset)]
    return [*url, ("query", _decoded(sent.body, charset))]


def _unreadable_type(name: str) -> QueryError:
    return QueryError(
        Text(
            "本文の種類「{type}」は扱えません。", 'A body of type "{type}" cannot be taken.'
        ).format(type=name or "-"),
        Text(
            "Content-Type を {direct} 又は {form} とし、圧縮せずに送ってください。",
            "Send it with Content-Type {direct} or {form}, not compressed.",
        ).format(direct=DIRECT, form=FORM),
        status=415,
    )


def _too_long() -> QueryError:
    return QueryError(
        Text(
            "本文が長すぎます（上限 {most} バイト）。",
            "The body is too long (at most {most} bytes).",
        ).format(most=f"{MOST_BYTES:,}"),
        Text(
            "照会文を分けるか、一括データをダウンロードして手元で処理してください。",
            "Split the query, or download the data and work on it yourself.",
        ),
        status=413,
    )


def _content_type(header: str | None) -> tuple[str, str]:
    """Return media type (lower case, or "") and charset of a Content-Type header."""
    message = Message()
    message["Content-Type"] = header or ""
    media_type = message.get_content_type() if "/" in (header or "") else ""
    return media_type, message.get_content_charset() or "utf-8"


def _parsed(encoded: bytes, charset: str) -> Pairs:
    """Return the pairs of a query string or form, which may have characters not encoded."""
    fields = [field for field in encoded.split(b"&") if field]
    if len(fields) > _MOST_PARAMETERS:
        raise QueryError(
            Text("パラメーターが多すぎます。", "There are too many parameters."),
            Text("{most}個以内にしてください。", "Send at most {most}.").format(
                most=_MOST_PARAMETERS
            ),
            status=400,
        )
    split = (field.replace(b"+", b" ").partition(b"=") for field in fields)
    return [
        (_decoded(unquote_to_bytes(name), charset), _decoded(unquote_to_bytes(value), charset))
        for name, _, value in split
    ]


def _decoded(encoded: bytes, charset: str) -> str:
    """Return a text without the byte order mark that some editors put before it."""
    try:
        known = _CHARSETS[codecs.lookup(_OTHER_NAMES.get(charset.lower(), charset)).name]
    except (LookupError, ValueError) as error:
        raise QueryError(
            Text("文字コード「{name}」は扱えません。", 'The charset "{name}" is unknown.').format(
                name=charset
            ),
            Text("UTF-8で送ってください。", "Send UTF-8."),
            status=415,
        ) from error
    try:
        return encoded.decode(known).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise QueryError(
            Text("{at}バイト目が{name}として読めません。", "Byte {at} is no {name}.").format(
                at=error.start + 1, name=charset
            ),
            Text("UTF-8で送ってください。", "Send UTF-8."),
            status=400,
        ) from error


def read_only() -> QueryError:
    """Return the refusal of an update."""
    return QueryError(
        Text(
            "このエンドポイントは読み取り専用です。更新は受け付けません。",
            "This endpoint is read-only. It takes no updates.",
        ),
        Text("照会を「query」として送ってください。", 'Send a query as "query".'),
        status=403,
    )

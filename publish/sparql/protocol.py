"""The query operation of the SPARQL 1.1 Protocol: parts of a request -> parameters -> what is asked.

No HTTP objects here: a request comes as plain values.
https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import codecs
import math
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote_to_bytes

from publish import formats
from publish.errors import QueryError
from publish.formats import RDF_FORMATS, RESULT_FORMATS, SPARQL_QUERY, Format, by_media_type
from publish.i18n import Text

FORM = "application/x-www-form-urlencoded"
DIRECT = SPARQL_QUERY.media_type
UPDATE = "application/sparql-update"
#: What POST takes, for the header Accept-Post.
ACCEPT_POST = f"{DIRECT}, {FORM}"
#: Bytes of the longest body that is read: the longest query, every byte of it percent-encoded,
#: and its parameters.
MOST_BYTES = 4 << 20
_MOST_PARAMETERS = 1000
#: Python's names of charsets: a body is UTF-8, and nothing else (section 2.1.3).
_UTF8 = ("utf-8", "ascii")
#: What some clients say of every body; the same as UTF-8 if it is all ASCII.
_LATIN = ("iso8859-1", "cp1252")

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RequestParts:
    """A request as it came: the part of its URL after "?", and its body with what is said of it."""

    method: str
    url: bytes = b""
    content_type: str | None = None
    content_encoding: str = ""
    body: bytes = b""


def read(sent: RequestParts) -> Pairs:
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
    if b"\0" in sent.body[:4]:  # every other byte of UTF-16 is one
        raise _no_utf8(sent.body.index(b"\0"))
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
    if not _is_utf8(charset, encoded):
        raise QueryError(
            Text("文字コード「{name}」は扱えません。", 'The charset "{name}" cannot be taken.').format(
                name=charset
            ),
            _SEND_UTF8,
            status=415,
        )  # fmt: skip
    try:
        return encoded.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _no_utf8(error.start) from error


def _no_utf8(at: int) -> QueryError:
    return QueryError(
        Text("{at}バイト目がUTF-8として読めません。", "Byte {at} is no UTF-8.").format(at=at + 1),
        _SEND_UTF8,
        status=400,
    )


_SEND_UTF8 = Text("UTF-8で送ってください。", "Send UTF-8.")


def _is_utf8(charset: str, encoded: bytes) -> bool:
    """Tell whether text of a charset is UTF-8 as well."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return False
    return name in _UTF8 or (name in _LATIN and encoded.isascii())


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


# -- Parameters -> what is asked, and in which format ---------------------------------------------

#: Short names of formats as other endpoints' clients send them in `format` or `output`.
_SHORT = {
    "json": formats.SPARQL_JSON, "sparql-json": formats.SPARQL_JSON, "xml": formats.SPARQL_XML,
    "sparql-xml": formats.SPARQL_XML, "csv": formats.CSV, "tsv": formats.TSV,
    "html": formats.HTML, "table": formats.HTML, "turtle": formats.TURTLE, "ttl": formats.TURTLE,
    "n3": formats.TURTLE, "json-ld": formats.JSONLD, "jsonld": formats.JSONLD,
    "rdf": formats.RDFXML, "rdfxml": formats.RDFXML, "rdf/xml": formats.RDFXML,
    "rdf+xml": formats.RDFXML, "nt": formats.NTRIPLES, "ntriples": formats.NTRIPLES,
    "n-triples": formats.NTRIPLES, "trig": formats.TRIG, "nq": formats.NQUADS,
    "nquads": formats.NQUADS, "n-quads": formats.NQUADS,
}  # fmt: skip
#: For a query that yields triples, these names mean its RDF counterpart.
_OF_TRIPLES = {formats.SPARQL_JSON: formats.JSONLD, formats.SPARQL_XML: formats.RDFXML}
_OF_UPDATES = frozenset(("update", "using-graph-uri", "using-named-graph-uri"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what the request says about its evaluation."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    #: what `format` and `output` say, lower case: the first of them that can be had is meant
    formats: tuple[str, ...] = ()
    #: the longest that the client will wait, in seconds, or None
    seconds: float | None = None
    #: put the labels of neighbours into a description
    labels: bool = False


def query_in(pairs: Pairs) -> str:
    """Return the query among parameters, "" if there is none; never raises."""
    return next((value for name, value in pairs if name == "query"), "")


def asked(pairs: Pairs, *, required: bool = False) -> Asked | None:
    """Return what the parameters of a request ask, or None if they have no query at all.

    A POST must have one (`required`). Raises QueryError: 400 if they are malformed, 403 for an
    update.
    """
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if not _OF_UPDATES.isdisjoint(values):
        raise read_only()
    query = _single(values, "query")
    if query is None or not query.strip():
        if required or query is not None:
            raise _no_query()
        return None
    return Asked(
        query=query,
        default_graphs=_graphs(values, "default-graph-uri"),
        named_graphs=_graphs(values, "named-graph-uri"),
        formats=_formats(values),
        seconds=_seconds(_single(values, "timeout")),
        labels=_single(values, "labels") in ("1", "true", "yes"),
    )


def _graphs(values: dict[str, list[str]], name: str) -> tuple[str, ...]:
    # forms of other endpoints send an empty one with every query
    return tuple(value for value in values.get(name, ()) if value)


def _formats(values: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the names of formats; SPARQLWrapper sends several, and lists of media types.

    A "+" in a name that was not encoded has become a blank.
    """
    said = (*values.get("format", ()), *values.get("output", ()))
    names = (name.strip().lower() for text in said for name in text.split(","))
    return tuple(name.replace(" ", "+") for name in names if name not in ("", "auto"))


def _single(values: dict[str, list[str]], name: str) -> str | None:
    found = values.get(name, [])
    if len(found) > 1 and (name == "query" or len(set(found)) > 1):
        raise QueryError(
            Text(
                "「{name}」が{count}個あります。", 'There are {count} parameters "{name}".'
            ).format(name=name, count=len(found)),
            Text("1個だけ送ってください。", "Send exactly one."),
            status=400,
        )
    return found[0] if found else None


def _seconds(text: str | None) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not seconds > 0 or math.isinf(seconds):
        raise QueryError(
            Text(
                "timeout の値「{text}」は使えません。", '"{text}" is no value for timeout.'
            ).format(text=text),
            Text("正の秒数を送ってください。", "Send a positive number of seconds."),
            status=400,
        )
    return seconds


def _no_query() -> QueryError:
    return QueryError(
        Text("照会文がありません。", "There is no query."),
        Text("照会文を「query」として送ってください。", 'Send the query as "query".'),
        status=400,
    )


def offered(form: str | None, *, pages: bool = True) -> tuple[Format, ...]:
    """Return the formats in which a query of a form can be answered, preferred ones first.

    The form decides, not what Accept says first: results for SELECT and ASK, RDF for the rest.
    """
    data = RDF_FORMATS if form in ("CONSTRUCT", "DESCRIBE") else RESULT_FORMATS
    return (*data, formats.HTML) if pages else data


def named_format(names: Sequence[str], among: tuple[Format, ...]) -> Format:
    """Return the first format that is named and offered, by a short name or its media type.

    Raises QueryError 406 if there is none.
    """
    found = next(filter(None, (_named(name, among) for name in names)), None)
    if found is None:
        raise QueryError(
            Text("形式「{name}」では答えられません。", 'There is no answer as "{name}".').format(
                name=", ".join(names)
            ),
            Text("次のいずれかを指定してください：{known}", "Ask for one of: {known}").format(
                known=", ".join(format_.suffix for format_ in among)
            ),
            status=406,
        )
    return found


def _named(name: str, among: tuple[Format, ...]) -> Format | None:
    short = _SHORT.get(name)
    counterpart = _OF_TRIPLES.get(short) if short else None
    by_type = by_media_type(name.partition(";")[0], among)
    return next((found for found in (short, counterpart, by_type) if found in among), None)

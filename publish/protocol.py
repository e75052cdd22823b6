"""The query operation of the SPARQL 1.1 Protocol: the parts of a request -> what is asked.

No HTTP objects here: parameters come as lists of pairs, headers and bodies as plain values.
"""

from __future__ import annotations

import codecs
import math
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

from publish import formats
from publish.errors import QueryError
from publish.formats import RDF_FORMATS, RESULT_FORMATS, Format, by_media_type
from publish.languages import Text

FORM = "application/x-www-form-urlencoded"
DIRECT = formats.SPARQL_QUERY.media_type
UPDATE = "application/sparql-update"
#: What POST takes, for the header Accept-Post.
ACCEPT_POST = f"{DIRECT}, {FORM}"

Pairs = Sequence[tuple[str, str]]

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


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what the request says about its evaluation."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    #: what `format` or `output` says, lower case, or None
    format: str | None = None
    #: the longest that the client will wait, in seconds, or None
    seconds: float | None = None
    #: put the labels of neighbours into a description
    labels: bool = False


def asked(
    method: str, content_type: str | None, url: Pairs, form: Pairs, body: bytes
) -> Asked | None:
    """Return what a request asks, or None if it has no query at all.

    `url` and `form` are its parameters; `body` counts only for a POST of the query itself.
    Raises QueryError: 400 for a malformed request, 403 for an update, 415 for another body.
    """
    if method != "POST":
        return _from_parameters(url)
    media_type, charset = _content_type(content_type)
    if media_type == FORM:
        return _from_parameters([*url, *form], required=True)
    if media_type == DIRECT:
        return _from_parameters([*url, ("query", _decoded(body, charset))], required=True)
    if media_type == UPDATE:
        raise read_only()
    raise QueryError(
        Text(
            "本文の種類「{type}」は扱えません。", 'A body of type "{type}" cannot be taken.'
        ).format(type=media_type or "-"),
        Text(
            "Content-Type を {direct} 又は {form} としてください。",
            "Send it with Content-Type {direct} or {form}.",
        ).format(direct=DIRECT, form=FORM),
        status=415,
    )


def _content_type(header: str | None) -> tuple[str, str]:
    """Return media type (lower case, or "") and charset of a Content-Type header."""
    message = Message()
    message["Content-Type"] = header or ""
    media_type = message.get_content_type() if "/" in (header or "") else ""
    return media_type, str(message.get_param("charset") or "utf-8")


def _decoded(body: bytes, charset: str) -> str:
    try:
        if not codecs.lookup(charset)._is_text_encoding:
            raise LookupError(charset)
        return body.decode(charset)
    except LookupError as error:
        raise QueryError(
            Text("文字コード「{name}」は扱えません。", 'The charset "{name}" is unknown.').format(
                name=charset
            ),
            Text("UTF-8で送ってください。", "Send UTF-8."),
            status=415,
        ) from error
    except UnicodeDecodeError as error:
        raise QueryError(
            Text(
                "照会文の{at}バイト目が{name}として読めません。",
                "Byte {at} of the query is no {name}.",
            ).format(at=error.start + 1, name=charset),
            Text("UTF-8で送ってください。", "Send UTF-8."),
            status=400,
        ) from error


def _from_parameters(pairs: Pairs, required: bool = False) -> Asked | None:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values or "using-graph-uri" in values or "using-named-graph-uri" in values:
        raise read_only()
    query = _single(values, "query")
    if query is None or not query.strip():
        if required or query is not None:
            raise _no_query()
        return None
    return Asked(
        query=query,
        default_graphs=tuple(values.get("default-graph-uri", ())),
        named_graphs=tuple(values.get("named-graph-uri", ())),
        format=(_single(values, "format") or _single(values, "output") or "").strip().lower()
        or None,
        seconds=_seconds(_single(values, "timeout")),
        labels=_single(values, "labels") in ("1", "true", "yes"),
    )


def _single(values: dict[str, list[str]], name: str) -> str | None:
    found = values.get(name, [])
    if len(found) > 1:
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
    if form in ("CONSTRUCT", "DESCRIBE"):
        return RDF_FORMATS
    return (*RESULT_FORMATS, formats.HTML) if pages else RESULT_FORMATS


def named_format(name: str, among: tuple[Format, ...]) -> Format:
    """Return the format that `format=` or `output=` names.

    Raises QueryError 406 if the query cannot be answered in it, or nothing has that name.
    """
    found = _SHORT.get(name)
    counterpart = _OF_TRIPLES.get(found) if found else None
    for candidate in (found, counterpart, by_media_type(name.partition(";")[0], among)):
        if candidate in among:
            return candidate
    raise QueryError(
        Text("形式「{name}」では答えられません。", 'There is no answer as "{name}".').format(
            name=name
        ),
        Text("次のいずれかを指定してください：{known}", "Ask for one of: {known}").format(
            known=", ".join(format_.suffix for format_ in among)
        ),
        status=406,
    )

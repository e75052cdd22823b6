"""The query operation of the SPARQL 1.1 Protocol: the parameters of a request -> what is asked.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from publish import formats
from publish.errors import QueryError
from publish.formats import RDF_FORMATS, RESULT_FORMATS, Format, by_media_type
from publish.i18n import Text
from publish.sparql.parameters import Pairs, read_only

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

"""A query from the command line: to the current release, or to any SPARQL endpoint."""

from __future__ import annotations

import io
import json
import warnings
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from rich.console import Console
from rich.table import Table
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from publish.errors import QueryError
from publish.formats import RDF_FORMATS, RESULT_FORMATS, SPARQL_JSON, TURTLE, by_suffix
from publish.i18n import Text
from publish.release.release import current
from publish.release.sparql_pools import data_of, limits_of
from publish.settings import Settings
from publish.sparql.guard import refuse
from publish.sparql.pool import Job, Pool
from publish.sparql.protocol import named_format, offered

TABLE = "table"


def ask_endpoint(endpoint: str, query: str, suffix: str) -> bytes:
    """Return an endpoint's answer as bytes in a format ("table": as text for a terminal).

    Raises QueryError if the endpoint cannot be reached or refuses the query.
    """
    client = SPARQLWrapper(endpoint)
    client.setMethod(POST)
    client.setOnlyConneg(True)
    client.addCustomHttpHeader("Accept", _accept(suffix))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # its guess at the kind of query
            client.setQuery(query)
            with client.query().response as response:
                answer: bytes = response.read()
    except (SPARQLWrapperException, HTTPException, OSError, ValueError) as error:
        if isinstance(error, HTTPError):
            error.close()
        why = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise QueryError(
            Text("{endpoint} から答えが得られません（{why}）。", "No answer from {endpoint} ({why}).")
            .format(endpoint=endpoint, why=why),
            Text("URLと照会文を確かめてください。", "Check the URL and the query."),
            status=502,
        ) from error  # fmt: skip
    return as_table(answer) if suffix == TABLE else answer


def _accept(suffix: str) -> str:
    """Return the media types to ask for; which kind of query it is, the endpoint knows best."""
    if suffix == TABLE:
        return f"{SPARQL_JSON.media_type}, {TURTLE.media_type};q=0.9"
    format_ = by_suffix(suffix, (*RESULT_FORMATS, *RDF_FORMATS))
    assert format_ is not None, suffix
    return format_.media_type


def ask_release(settings: Settings, query: str, suffix: str) -> bytes:
    """Return the current release's answer as bytes in a format ("table": for a terminal).

    Raises QueryError for a query that is refused, wrong, or takes too long.
    """
    among = offered(refuse(query).form, pages=False)
    written = named_format((suffix,), among) if suffix != TABLE else among[0]
    data = data_of(current(settings.releases))
    with (
        Pool.start(data, limits_of(settings), 1) as pool,
        pool.evaluate(Job(query, written.suffix)) as answer,
    ):
        content = b"".join(answer.chunks())
    return as_table(content) if suffix == TABLE else content


def as_table(answer: bytes) -> bytes:
    """Return SPARQL JSON results as a table for a terminal; anything else comes back as it is."""
    try:
        content: Any = json.loads(answer)
    except ValueError:
        return answer
    if not isinstance(content, dict) or "head" not in content:
        return answer
    if "boolean" in content:
        return f"{str(content['boolean']).lower()}\n".encode()
    table = Table()
    for name in content["head"]["vars"]:
        table.add_column(name, overflow="fold")
    for row in content["results"]["bindings"]:
        table.add_row(*(row.get(name, {}).get("value", "") for name in content["head"]["vars"]))
    stream = io.StringIO()
    Console(file=stream, markup=False, emoji=False, highlight=False).print(table)
    return stream.getvalue().encode()

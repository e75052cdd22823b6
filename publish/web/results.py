"""Pages of the SPARQL endpoint: the form, a table of results, a refusal with the query kept."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import request

from publish import protocol
from publish.errors import QueryError
from publish.formats import DOCUMENT_FORMATS
from publish.languages import Language, known
from publish.protocol import Asked
from publish.service import first_query
from publish.web.negotiate import choose_language
from publish.web.site import Site
from publish.web.view import Link, View, variants_of

ACCEPT_POST = protocol.ACCEPT_POST
_STEM = "sparql"
#: Formats offered by the form: the value of `format`, and its name.
CHOICES = ("html", "json", "xml", "csv", "tsv", "turtle", "jsonld", "rdf", "ntriples")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table of results: a link or a text, with language or datatype."""

    link: Link | None
    text: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Results of SELECT; `truncated` says that there are more rows than are shown."""

    names: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    truncated: bool


def form(view: View) -> str:
    """Return the page with an empty form."""
    return _rendered(view, first_query(view.site.iris))


def page(here: Site, asked: Asked, body: bytes, is_table: bool) -> str:
    """Return the page with a query's results: SPARQL JSON as a table, Turtle as text."""
    view = _view(here)
    if not is_table:
        return _rendered(view, asked.query, source=body.decode())
    content = json.loads(body)
    if "boolean" in content:
        return _rendered(view, asked.query, truth=content["boolean"])
    return _rendered(view, asked.query, table=_table(view, content))


def refusal(here: Site, query: str, error: QueryError) -> str:
    """Return the page that says what is wrong with a query, and keeps the query."""
    return _rendered(_view(here), query, error=error)


def _rendered(
    view: View,
    query: str,
    *,
    table: Table | None = None,
    truth: bool | None = None,
    source: str | None = None,
    error: QueryError | None = None,
) -> str:
    return view.render(
        "sparql.html",
        query=query,
        table=table,
        truth=truth,
        source=source,
        error=error,
        choices=CHOICES,
    )


def _view(here: Site) -> View:
    language: Language = known(request.args.get("lang", "")) or choose_language(
        request.headers.get("Accept-Language")
    )
    return View(here, language, _STEM, "", variants_of(DOCUMENT_FORMATS))


def _table(view: View, content: dict[str, dict[str, list[object]]]) -> Table:
    names = tuple(str(name) for name in content["head"]["vars"])
    rows = tuple(
        tuple(_cell(view, row.get(name)) for name in names)
        for row in content["results"]["bindings"]
        if isinstance(row, dict)
    )
    return Table(names, rows, bool(content.get("truncated")))


def _cell(view: View, term: dict[str, str] | None) -> Cell | None:
    if term is None:
        return None
    if term["type"] == "uri":
        return Cell(Link(view.href(term["value"]), view.short(term["value"])), term["value"])
    datatype = term.get("datatype")
    return Cell(
        None, term["value"], term.get("xml:lang"), view.short(datatype) if datatype else None
    )

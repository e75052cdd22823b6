"""Pages of the SPARQL endpoint: the form, a table of results, a refusal with the query kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from publish.catalog.service_description import first_query
from publish.errors import QueryError
from publish.formats import HTML
from publish.i18n import Language
from publish.project.example_queries import Example
from publish.web.app.site import Site
from publish.web.app.view import Link, View, variants_of

_STEM = "sparql"
#: Longer queries are not put into links.
_LONGEST_ADDRESS = 4000
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


def example_page(view: View, example: Example) -> str:
    """Return the page with an example in the form, not run."""
    return _rendered(view, example.query, example=example)


def filled(here: Site, language: Language, query: str) -> str:
    """Return the page with a query in the form, not run."""
    return _rendered(_view(here, language, query), query)


def page(
    here: Site, language: Language, query: str, body: bytes, *, is_table: bool, truncated: bool
) -> str:
    """Return the page with a query's results: SPARQL JSON as a table, Turtle as text."""
    view = _view(here, language, query)
    if not is_table:
        return _rendered(view, query, source=body.decode(), truncated=truncated)
    content = json.loads(body)
    if "boolean" in content:
        return _rendered(view, query, truth=content["boolean"])
    return _rendered(view, query, table=_table(view, content))


def refusal(here: Site, language: Language, query: str, error: QueryError) -> str:
    """Return the page that says what is wrong with a query, and keeps the query."""
    return _rendered(_view(here, language, query), query, error=error)


def _rendered(
    view: View,
    query: str,
    *,
    table: Table | None = None,
    truth: bool | None = None,
    source: str | None = None,
    truncated: bool = False,
    error: QueryError | None = None,
    example: Example | None = None,
) -> str:
    return view.render(
        "sparql.html",
        query=query,
        table=table,
        truth=truth,
        source=source,
        truncated=truncated,
        error=error,
        example=example,
        choices=CHOICES,
    )


def _view(here: Site, language: Language, query: str) -> View:
    """Return the view of a page with a query; in the other language it opens with it, not run."""
    asked = f"?{urlencode({'query': query}, quote_via=quote)}"
    short = len(asked) <= _LONGEST_ADDRESS
    return View(here, language, _STEM, asked if short else "", variants_of((HTML,)))


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

"""Pages of the SPARQL endpoint: the form, a table of results, a refusal with the query kept.

The form opens queries without running them, and its editor completes them with prefixes, graphs,
classes and properties.

`sparql?example=NAME` and `sparql.{ja,en}.html?query=…` fill the form; only `sparql?query=…`, which
is the protocol, runs a query.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from publish.browse.describe import labels_of
from publish.browse.vocabulary import partitions
from publish.catalog.service_description import first_query
from publish.errors import QueryError
from publish.formats import HTML, JSON, SPARQL_JSON
from publish.i18n import LANGUAGES, Language
from publish.iris import Iris
from publish.project.example_queries import Example
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples
from publish.rdf.turtle import Prefixes
from publish.shacl.shapes import Shapes
from publish.sparql.aggregates import Advice, advice, advise, aggregates
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.requests import bound_body
from publish.web.app.respond import NO_STORE, Resource, answer, conditional
from publish.web.app.site import Site
from publish.web.app.view import Link, View, variants_of
from publish.web.http.negotiate import choose_language

_STEM = "sparql"
#: Longer queries are not put into links.
_LONGEST_ADDRESS = 4000
#: Bytes of an answer in which empty cells are looked for: groups are few.
_LONGEST_LOOKED_AT = 1 << 20
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
    return _rendered(view, query, table=_table(view, content), advice=advise(query, content))


def advice_on(query: str, suffix: str, body: bytes) -> Advice | None:
    """Return what to say of an answer in SPARQL JSON that is not too long to be looked through."""
    if suffix != SPARQL_JSON.suffix or len(body) > _LONGEST_LOOKED_AT or not aggregates(query):
        return None
    return advise(query, json.loads(body))


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
    advice: Advice | None = None,
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
        advice=advice,
        opening=view.opening(advice.query) if advice and advice.query else "",
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


# -- What the editor completes with ---------------------------------------------------------------


def completions(
    store: ox.Store,
    iris: Iris,
    shapes: Shapes,
    prefixes: Prefixes,
    graphs: Mapping[str, int],
    *others: ox.Store,
) -> dict[str, Any]:
    """Return prefixes and terms as JSON; `graphs` are names with sizes.

    `others` know the labels of terms that are not the project's own.

    A term has its name, its kind (class, property or graph), the number of its uses, and its
    labels in Japanese and English where the data or the shapes have them.
    """
    names = _names(shapes)
    used = [
        *_used(store, "class", "entities"),
        *_used(store, "property", "triples"),
        *((iris.graph(name), "graph", size) for name, size in graphs.items()),
    ]
    found: list[dict[str, Any]] = [
        {"name": short, "kind": kind, "uses": uses, **_labels(iri, names, store, *others)}
        for iri, kind, uses in used
        if (short := ns.shorten(iri, dict(prefixes)))
    ]
    order = sorted(found, key=lambda term: (term["kind"], -term["uses"], term["name"]))
    return {"prefixes": dict(sorted(prefixes.items())), "terms": order}


def _used(store: ox.Store, kind: str, size: str) -> Iterator[tuple[str, str, int]]:
    """Yield what the VoID partitions of the whole count: IRI, kind, uses."""
    for iri, part in partitions(store, kind).items():
        for _, _, count in triples(store, part, node(ns.VOID + size)):
            yield iri, kind, int(count.value)


def _labels(iri: str, names: dict[str, dict[str, str]], *stores: ox.Store) -> dict[str, str]:
    for store in stores:
        found = (quad.object for quad in labels_of(store, (node(iri),)))
        terms = [term for term in found if isinstance(term, ox.Literal) and term.language]
        if terms:
            return {str(term.language): term.value for term in terms}
    return names.get(iri, {})


def _names(shapes: Shapes) -> dict[str, dict[str, str]]:
    """Return how the shapes call classes and properties."""
    fields = {field.path: field.name for field in shapes.fields}
    kinds = {kind.class_: kind.label for kind in shapes.kinds}
    return {iri: text.as_json() for iri, text in (fields | kinds).items()}


# -- Addresses ------------------------------------------------------------------------------------

blueprint = Blueprint("workbench", __name__)

#: Languages by the suffix of the page.
_PAGES: dict[str, Language] = {f"{language}.{HTML.suffix}": language for language in LANGUAGES}


def opened(here: Site, suffix: str | None) -> Response | None:
    """Return the page with the query in its form that the request names, or None if it names none.

    Raises Refusal 404 for an example that does not exist.
    """
    if "example" in request.args:
        return _example(here, request.args["example"], suffix)
    if "query" in request.args and (suffix == HTML.suffix or suffix in _PAGES):
        return _query(here, request.args["query"], _PAGES.get(suffix or ""))
    return None


def _example(here: Site, name: str, suffix: str | None) -> Response:
    found = next((example for example in here.release.examples if example.name == name), None)
    if found is None:
        raise not_found()
    example = found
    resource = Resource(
        "sparql",
        (HTML,),
        page=lambda view: example_page(view, example),
        query=f"?example={name}",
    )
    return answer(here, resource, suffix)


def _query(here: Site, query: str, language: Language | None) -> Response:
    chosen = language or choose_language(request.headers.get("Accept-Language"))
    response = Response(filled(here, chosen, query), content_type=HTML.content_type)
    response.headers["Content-Language"] = chosen
    response.headers["Cache-Control"] = NO_STORE
    return response


@blueprint.get("/sparql/terms.json")
def terms() -> Response:
    """Answer with prefixes, classes, properties and graphs, with their labels."""
    here = site()
    name = "sparql/terms.json"

    def make() -> Response:
        content = here.kept.get(name, lambda: _terms(here))
        return Response(content, content_type="application/json")

    return conditional(make, here.etag(name))


@blueprint.post("/sparql/advice.json")
def advice_json() -> Response:
    """Say what empty cells of an aggregate mean: `empty` names columns, the body is the query.

    Answers with `notes` (each in both languages) and `query`, the one to ask instead, or null.
    """
    bound_body()
    found = advice(request.get_data().decode(errors="replace"), request.args.getlist("empty"))
    content = {
        "notes": [note.as_json() for note in found.notes] if found else [],
        "query": found.query if found else None,
    }
    response = Response(json.dumps(content, ensure_ascii=False), content_type=JSON.content_type)
    response.headers["Cache-Control"] = NO_STORE
    return response


def _terms(here: Site) -> bytes:
    graphs = here.release.manifest.graphs
    known = (here.iris, here.shapes, here.prefixes, graphs, here.release.borrowed)
    found = completions(here.store, *known)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()

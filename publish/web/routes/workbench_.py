"""The workbench opens queries without running them, and gives the editor what it completes with.

`sparql?example=NAME` and `sparql.{ja,en}.html?query=…` fill the form; only `sparql?query=…`, which
is the protocol, runs a query.
"""

from __future__ import annotations

import json

from flask import Blueprint, Response, request

from publish.formats import HTML
from publish.i18n import LANGUAGES, Language
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.respond import CURRENT, NO_STORE, Resource, answer
from publish.web.app.site import Site
from publish.web.http.negotiate import choose_language
from publish.web.routes import workbench
from publish.web.routes.completions import completions

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
        page=lambda view: workbench.example_page(view, example),
        query=f"?example={name}",
    )
    return answer(here, resource, suffix)


def _query(here: Site, query: str, language: Language | None) -> Response:
    chosen = language or choose_language(request.headers.get("Accept-Language"))
    response = Response(workbench.filled(here, chosen, query), content_type=HTML.content_type)
    response.headers["Content-Language"] = chosen
    response.headers["Cache-Control"] = NO_STORE
    return response


@blueprint.get("/sparql/terms.json")
def terms() -> Response:
    """Answer with prefixes, classes, properties and graphs, with their labels."""
    here = site()
    response = Response(here.kept.get("sparql/terms.json", lambda: _terms(here)))
    response.headers["Content-Type"] = "application/json"
    response.headers["Cache-Control"] = CURRENT
    response.headers["ETag"] = here.etag("sparql/terms.json")
    response.make_conditional(request.environ)
    return response


def _terms(here: Site) -> bytes:
    graphs = here.release.manifest.graphs
    known = (here.iris, here.shapes, here.prefixes, graphs, here.release.borrowed)
    found = completions(here.store, *known)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()

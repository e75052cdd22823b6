"""The server: which addresses there are, where their code is, and what every response carries.

`create_app(settings)` makes the application; nothing happens on import.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from publish.errors import QueryError, ReleaseError
from publish.log import begin as begin_log
from publish.release.release import current
from publish.release.sparql_pools import Pools
from publish.settings import Settings
from publish.web.app.base_path import BasePath, check_inside
from publish.web.app.problems import Refusal, refused
from publish.web.app.render import prepare
from publish.web.app.response_cache import ResponseCache
from publish.web.app.site import Sites
from publish.web.app.wsgi_server import listen
from publish.web.http.ratelimit import Rates
from publish.web.routes import (
    catalog,
    changes,
    charts,
    ckan,
    codes,
    dumps,
    help,
    home,
    link_table,
    linksets,
    lists,
    ops,
    quality,
    reconcile,
    sameas,
    search,
    sitemap,
    sparql,
    things,
    vocabulary,
    workbench,
)

log = logging.getLogger("lodpub.server")
access = logging.getLogger("lodpub.access")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site: its addresses under the base, its code, what it is for."""

    addresses: str
    blueprint: Blueprint
    purpose: str


PARTS = (
    Part("/ /about", home.blueprint, "the home page; publisher, licence, credits"),
    Part("/charts", charts.blueprint, "figures: what is counted, drawn"),
    Part("/help /help/{name}", help.blueprint, "how to use it; three tutorials"),
    Part("/id/… /doc/{type}/{key}", things.blueprint, "a thing: 303 to the document about it"),
    Part("/sameas", sameas.blueprint, "which of ours is which of theirs"),
    Part("/code /code/{code}", codes.blueprint, "a code: 303 to the thing that has it now"),
    Part("/doc /doc/{type}", lists.blueprint, "types of things, and things of a type, in pages"),
    Part(
        "/search /suggest /opensearch.xml",
        search.blueprint,
        "finding by name, reading or code; suggestions while somebody types",
    ),
    Part(
        "/ontology /codelists /shapes /context /graph/{name}",
        vocabulary.blueprint,
        "the vocabulary, its code lists, the shapes, the JSON-LD context, the named graphs",
    ),
    Part("/link", link_table.blueprint, "somebody's table, linked to what is described here"),
    Part("/quality", quality.blueprint, "validation, completeness, where statements come from"),
    Part("/links", linksets.blueprint, "how far the links to other data reach, and their checks"),
    Part("/sparql", sparql.blueprint, "SPARQL 1.1: query, service description, form"),
    Part(
        "/sparql/terms.json /sparql/advice.json",
        workbench.blueprint,
        "what the query editor completes with; what an empty aggregate means",
    ),
    Part("/catalog /void /.well-known/void", catalog.blueprint, "the data set about itself"),
    Part("/dump /release/{id}", dumps.blueprint, "everything at once, and releases"),
    Part("/changes /changes/{a}..{b}", changes.blueprint, "what changed, and a feed of releases"),
    Part(
        "/api/3/action/{name}",
        ckan.blueprint,
        "the catalogue for clients and harvesters of CKAN",
    ),
    Part(
        "/reconcile /reconcile/view /reconcile/{service} …/match …/extend …/extend/propose "
        "…/suggest/{what} …/flyout/{what} …/preview",
        reconcile.blueprint,
        "reconciliation: names in tables of others -> our things, and their properties; what its "
        "clients show while a person chooses",
    ),
    Part("/robots.txt /sitemap.xml", sitemap.blueprint, "for crawlers"),
    Part(
        "/healthz /readyz /metrics /static /theme",
        ops.blueprint,
        "for machines that watch the server and load pages",
    ),
)

_EXPOSED = (
    "Link, ETag, Location, Content-Location, Content-Language, Content-Disposition, "
    f"Last-Modified, Retry-After, Vary, {sparql.ROW_LIMIT}, {sparql.TRUNCATED}"
)
#: What every response carries. Nothing here depends on the client, so there are no credentials.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
}
#: Seconds after which it is worth asking again when there is no release or no engine.
_RETRY = "30"
#: Requests answered at the same time, queries left aside; slow clients hold none
#: (publish/web/app/wsgi_server.py).
_THREADS = 8


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application that serves the current release of `settings.releases`.

    Each request is logged with the time until its first byte; a repeated one takes none.
    """
    settings = settings or Settings.read(os.environ)
    app = Flask(__name__, static_folder=None)
    # one address for each thing: no second one by a redirect for "//"
    app.url_map.merge_slashes = False
    metrics, pools = ops.Metrics(), Pools(settings)
    app.config.update(
        SETTINGS=settings,
        RELEASES=settings.releases,
        METRICS=metrics,
        RATES=Rates(settings.rate),
        POOLS=pools,
        TABLES=link_table.Jobs(),
    )
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    app.before_request(check_inside)
    app.register_error_handler(Exception, _failed)

    @app.before_request
    def begin() -> None:
        g.begun = time.monotonic()

    @app.after_request
    def complete(response: Response) -> Response:
        seconds = time.monotonic() - g.get("begun", time.monotonic())
        noted(request.method, request.path, response.status_code, seconds)
        return _completed(response)

    def noted(method: str, path: str, status: int, seconds: float = 0.0) -> None:
        metrics.count(status)
        values = {"method": method, "path": path, "status": status, "seconds": round(seconds, 4)}
        access.info("%s %s %d %.4f s", *values.values(), extra=values)

    half = settings.cache_mib << 19  # the other half keeps what the long way makes
    sites = Sites(settings.releases, half, pools.succeed)
    inside = BasePath(app.wsgi_app, sites, settings)
    app.wsgi_app = ResponseCache(inside, sites, half, noted)  # type: ignore[method-assign]
    return app


def _completed(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
    return response


def _failed(error: Exception) -> Response:
    """Map whatever was raised to a response."""
    refusal = _refusal(error)
    if refusal.status >= 500:
        log.error("%s %s", request.method, request.path, exc_info=error)
    return refused(refusal)


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, HTTPException):
        return _http_refusal(error)
    if isinstance(error, QueryError):
        return Refusal(error.status, error.problems[0].text)
    if isinstance(error, ReleaseError):
        return Refusal(503, error.problems[0].text, headers={"Retry-After": _RETRY})
    if isinstance(error, OSError):
        return Refusal(503, headers={"Retry-After": _RETRY})
    return Refusal(500)


def _http_refusal(error: HTTPException) -> Refusal:
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return Refusal(error.code or 500, headers=headers)


def serve(settings: Settings, ready: Callable[[], object] = lambda: None) -> None:
    """Serve the current release until interrupted; `ready` is called once it can be reached.

    Raises ReleaseError if there is no release.
    """
    begin_log(settings.log)
    app = create_app(settings)
    pools: Pools = app.config["POOLS"]
    # beside the start, which it would delay by a second
    threading.Thread(target=prepare, name="templates", daemon=True).start()
    pools.pool(current(settings.releases))
    # a query that waits for a worker holds a thread: the rest of the site has threads of its own
    threads = pools.most + _THREADS
    try:
        listen(app, *settings.host_and_port(), threads=threads, ready=ready)
    finally:
        pools.close()


if __name__ == "__main__":
    serve(Settings.read(os.environ))

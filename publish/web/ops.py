"""For machines that watch, crawl and load pages: health, metrics, robots, sitemap, assets."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, request

from publish.languages import LANGUAGES
from publish.web import assets
from publish.web.problems import not_found
from publish.web.respond import CURRENT, IMMUTABLE, NO_STORE
from publish.web.site import Site
from publish.web.under import found_site, site

blueprint = Blueprint("ops", __name__)

#: Most addresses in one sitemap (the protocol's limit is 50,000).
MOST_IN_SITEMAP = 20_000
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_PAGES = ("index", "about", "doc", "ontology", "shapes", "catalog", "dump")


class Metrics:
    """Counts requests by status."""

    def __init__(self) -> None:
        self._answers: Counter[int] = Counter()
        self._lock = threading.Lock()

    def count(self, status: int) -> None:
        """Count one answer."""
        with self._lock:
            self._answers[status] += 1

    def lines(self) -> list[str]:
        """Return the counts in Prometheus' text format."""
        with self._lock:
            counted = sorted(self._answers.items())
        return [
            "# HELP lodpub_http_requests_total Requests answered, by status.",
            "# TYPE lodpub_http_requests_total counter",
            *(f'lodpub_http_requests_total{{status="{s}"}} {n}' for s, n in counted),
        ]


@blueprint.get("/healthz")
def health() -> Response:
    """Answer that the process lives."""
    return _service("ok\n")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer 200 if there is a release to serve, else 503."""
    return _service(f"ready {site().release.id}\n")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer with counters for Prometheus."""
    counted: Metrics = current_app.config["METRICS"]
    lines = [*counted.lines(), *_release_lines(found_site())]
    return _service("\n".join(lines) + "\n", "text/plain; version=0.0.4; charset=utf-8")


def _release_lines(here: Site | None) -> list[str]:
    if here is None:
        return []
    return [
        "# HELP lodpub_release_triples Triples of the release that is served.",
        "# TYPE lodpub_release_triples gauge",
        f'lodpub_release_triples{{release="{here.release.id}"}} {here.release.manifest.triples}',
    ]


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer with what crawlers may do (RFC 9309): everything but queries."""
    iris = site().iris
    return _text(
        "User-agent: *\n"
        f"Disallow: {iris.root}sparql\n"
        f"Allow: {iris.root}\n"
        f"Sitemap: {iris.of('sitemap.xml')}\n",
        "text/plain; charset=utf-8",
    )


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Answer with all pages, or with the list of sitemaps if they are too many for one."""
    here = site()
    pages = _pages(here)
    parts = -(-len(pages) // MOST_IN_SITEMAP)
    if parts == 1:
        return _text(_urls(here, pages), "application/xml; charset=utf-8")
    listed = "".join(
        f"<sitemap><loc>{escape(here.iris.of(f'sitemap-{n}.xml'))}</loc></sitemap>\n"
        for n in range(1, parts + 1)
    )
    return _text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_SITEMAP}">\n'
        f"{listed}</sitemapindex>\n",
        "application/xml; charset=utf-8",
    )


@blueprint.get("/sitemap-<int:number>.xml")
def part_of_sitemap(number: int) -> Response:
    """Answer with one of several sitemaps."""
    here = site()
    start = (number - 1) * MOST_IN_SITEMAP
    pages = _pages(here)[start : start + MOST_IN_SITEMAP] if start >= 0 else []
    if not pages:
        raise not_found()
    return _text(_urls(here, pages), "application/xml; charset=utf-8")


def _pages(here: Site) -> list[str]:
    """Return the addresses of the pages, relative to the base, without language and suffix."""
    kinds = here.shapes.kinds
    things = [iri for kind in kinds for iri in here.members(kind)]
    documents = [here.iris.relative(iri) or "" for iri in things]
    return [
        *_PAGES,
        *(f"doc/{kind.segment}" for kind in kinds),
        *(f"doc/{address.removeprefix('id/')}" for address in documents),
    ]


def _urls(here: Site, pages: Iterable[str]) -> str:
    entries = "".join(_url(here, page) for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">\n{entries}</urlset>\n'
    )


def _url(here: Site, page: str) -> str:
    """Return the entries of a page, one for each language, each naming all of them."""
    addresses = [(language, escape(here.iris.page(page, language))) for language in LANGUAGES]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in addresses
    )
    modified = here.release.manifest.modified
    when = f"<lastmod>{escape(modified)}</lastmod>" if modified else ""
    return "".join(
        f"<url><loc>{address}</loc>{when}{alternates}</url>\n" for _, address in addresses
    )


@blueprint.get("/static/<name>")
def static(name: str) -> Response:
    """Answer with an asset; its name changes with its content."""
    path = assets.published().get(name)
    if path is None:
        raise not_found()
    response = Response(path.read_bytes(), content_type=assets.MEDIA_TYPES[path.suffix])
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def _service(content: str, content_type: str = "text/plain; charset=utf-8") -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Cache-Control"] = NO_STORE
    return response


def _text(content: str, content_type: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Cache-Control"] = CURRENT
    response.headers["ETag"] = site().etag(request.path)
    response.make_conditional(request.environ)
    return response

"""For crawlers: which pages there are, and what they may read."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from publish.i18n import LANGUAGES
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.respond import of_release
from publish.web.app.site import Site

blueprint = Blueprint("sitemap", __name__)

#: Pages in one sitemap. Each has an address for each language, and the protocol allows for
#: 50,000 addresses and 50 MiB (https://www.sitemaps.org/protocol.html).
MOST_PAGES = 20_000
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "application/xml; charset=utf-8"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PAGES = (
    "index",
    "about",
    "charts",
    "doc",
    "search",
    "link",
    "reconcile",
    "ontology",
    "codelists",
    "shapes",
    "quality",
    "links",
    "catalog",
    "void",
    "dump",
    "changes",
    "sparql",
    "help",
    "help/harvest",
    "help/query",
    "help/link",
)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer with what crawlers may do (RFC 9309): read everything, but ask no queries."""
    iris = site().iris
    return _text(
        "User-agent: *\n"
        f"Disallow: {iris.root}sparql?query=\n"
        f"Disallow: {iris.root}sparql?*&query=\n"
        # the states of a list are without number; its pages are not
        f"Disallow: {iris.root}doc/*?\n"
        f"Allow: {iris.root}doc/*?page=\n"
        # nor is there an end to what can be searched for
        f"Disallow: {iris.root}search?\n"
        f"Disallow: {iris.root}search.*?\n"
        f"Disallow: {iris.root}suggest\n"
        f"Disallow: {iris.root}sameas?\n"
        f"Disallow: {iris.root}sameas.*?\n"
        f"Disallow: {iris.root}reconcile?\n"
        f"Disallow: {iris.root}reconcile/\n"
        f"Allow: {iris.root}\n"
        f"Sitemap: {iris.of('sitemap.xml')}\n",
        "text/plain; charset=utf-8",
    )


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """Answer with the list of sitemaps."""
    here = site()
    parts = range(1, -(-len(_pages(here)) // MOST_PAGES) + 1)
    when = _when(here)
    listed = "".join(
        f"<sitemap><loc>{escape(here.iris.of(f'sitemap-{number}.xml'))}</loc>{when}</sitemap>\n"
        for number in parts
    )
    return _text(
        f'{_DECLARATION}<sitemapindex xmlns="{_SITEMAP}">\n{listed}</sitemapindex>\n', _XML
    )


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """Answer with one of the sitemaps, counted from 1."""
    here = site()
    start = (number - 1) * MOST_PAGES
    pages = _pages(here)[start : start + MOST_PAGES] if start >= 0 else []
    if not pages:
        raise not_found()
    return _text(_urls(here, pages), _XML)


def _pages(here: Site) -> list[str]:
    """Return the addresses of the pages, relative to the base, without language and suffix."""
    kinds = here.shapes.kinds
    pages = (page for page in _PAGES if page != "ontology" or here.has_vocabulary)
    things = (here.iris.relative(iri) or "" for kind in kinds for iri in here.members(kind))
    return [
        *pages,
        f"release/{here.release.id}",
        *(f"doc/{kind.segment}" for kind in kinds),
        *(f"doc/{address.removeprefix('id/')}" for address in things),
    ]


def _urls(here: Site, pages: Iterable[str]) -> str:
    when = _when(here)
    entries = "".join(_url(here, page, when) for page in pages)
    return f'{_DECLARATION}<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">\n{entries}</urlset>\n'


def _url(here: Site, page: str, when: str) -> str:
    """Return the entries of a page, one for each language, each naming all of them."""
    addresses = [(language, escape(here.iris.page(page, language))) for language in LANGUAGES]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in addresses
    )
    return "".join(
        f"<url><loc>{address}</loc>{when}{alternates}</url>\n" for _, address in addresses
    )


def _when(here: Site) -> str:
    """Return the element that tells when the pages changed; nothing if nobody knows."""
    modified = here.release.manifest.modified
    return f"<lastmod>{escape(modified)}</lastmod>" if modified else ""


def _text(content: str, content_type: str) -> Response:
    return of_release(site(), lambda: Response(content, content_type=content_type))

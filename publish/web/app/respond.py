"""A resource and a request -> a response: the variant chosen, its headers, 304 where it will do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Response, request
from werkzeug.http import http_date

from publish.formats import HTML, JSONLD, RDFXML, Format
from publish.i18n import Language, Text, known
from publish.rdf.rdfxml import Unsayable
from publish.release.release import CONTEXT
from publish.web.app.problems import Refusal, Way, not_found
from publish.web.app.response_cache import NOT_KEPT
from publish.web.app.site import Site
from publish.web.app.view import Variant, View, variants_of
from publish.web.http.conditional import not_modified
from publish.web.http.negotiate import choose, choose_language

#: Negotiated and current resources: shared by caches, asked for again after a minute.
CURRENT = "public, max-age=60, must-revalidate"
IMMUTABLE = "public, max-age=31536000, immutable"
NO_CACHE = "no-cache"
NO_STORE = "no-store"

#: The relation to a context, which readers of `application/ld+json` ignore (JSON-LD 1.1, 6.1).
_CONTEXT = "http://www.w3.org/ns/json-ld#context"

_NOT_ACCEPTABLE = Text(
    "求められた形式では提供していません。提供している形式は次のとおりです。",
    "This is not available in the form that was asked for. These are the forms that exist.",
)
_UNSAYABLE = Text(
    "この内容にはRDF/XMLで書けない名前のプロパティがあるため、RDF/XMLでは提供していません。"
    "提供している形式は次のとおりです。",
    "RDF/XML cannot express this: a property has a name that is none in XML. "
    "These are the forms that exist.",
)


@dataclass(frozen=True)
class Resource:
    """Something with an address that is sent in several forms.

    `path` is its address relative to the base, without suffix; the content is made by `page`
    (HTML in the view's language) and `data` (any other format), only when it is needed.
    """

    path: str
    formats: tuple[Format, ...]
    page: Callable[[View], str] | None = None
    data: Callable[[Format], bytes] | None = None
    #: part of the address: "" or "?page=2"
    query: str = ""
    #: further values of the Link header
    links: tuple[str, ...] = ()
    #: the query chooses a part of what is at the address without it, which is the canonical one
    is_part: bool = False
    #: what else than the release the content depends on, e.g. the set of all releases
    state: str = ""

    @property
    def stem(self) -> str:
        """Return the address to which suffixes are added."""
        return self.path or "index"

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Return its representations."""
        return variants_of(self.formats)


def link(href: str, relation: str, **parameters: str) -> str:
    """Return a value of the Link header (RFC 8288).

    >>> link("/doc/stage", "next", type="text/html")
    '</doc/stage>; rel="next"; type="text/html"'
    """
    stated = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{href}>; rel="{relation}"{stated}'


def answer(site: Site, resource: Resource, suffix: str | None = None) -> Response:
    """Return the response for a resource: negotiated, or the form that the suffix names.

    Raises Refusal 404 for a suffix that it does not have, 406 if nothing is acceptable, and for
    RDF/XML if that cannot express it.
    """
    wanted = known(request.args.get("lang", ""))
    if wanted and suffix == HTML.suffix and HTML in resource.formats:
        return redirected(_address(site, resource, Variant(HTML, wanted)), 302, CURRENT)
    left = sayable(site, resource)
    try:
        return _negotiated(site, resource, left, suffix)
    except Unsayable:
        return _negotiated(site, resource, _without_rdf_xml(left), suffix)


def _negotiated(site: Site, resource: Resource, left: Resource, suffix: str | None) -> Response:
    """Return the response for what is left of a resource."""
    chosen = _chosen(left, suffix)
    if chosen:
        return _sent(site, left, *chosen)
    if suffix is None or _chosen(resource, suffix):
        raise not_acceptable(site, left, is_unsayable=left != resource)
    raise not_found()


def sayable(site: Site, resource: Resource) -> Resource:
    """Return a resource without RDF/XML if that cannot express it."""
    if site.is_sayable or RDFXML not in resource.formats or resource.data is None:
        return resource
    variant = Variant(RDFXML)
    try:
        site.kept.get(
            _name(_address(site, resource, variant), resource),
            lambda: _content(site, resource, variant),
        )
    except Unsayable:
        return _without_rdf_xml(resource)
    return resource


def _without_rdf_xml(resource: Resource) -> Resource:
    return replace(resource, formats=tuple(one for one in resource.formats if one != RDFXML))


def _chosen(resource: Resource, suffix: str | None) -> tuple[Variant, tuple[str, ...]] | None:
    """Return the variant to send, with the request headers that the choice depended on."""
    paged = HTML in resource.formats
    if suffix is None:
        format_ = choose(request.headers.get("Accept"), resource.formats)
        vary = ("Accept", "Accept-Language") if paged else ("Accept",)
        return (_in_language(format_), vary) if format_ else None
    if suffix == HTML.suffix:
        return (_in_language(HTML), ("Accept-Language",)) if paged else None
    found = next((one for one in resource.variants if one.suffix == suffix), None)
    return (found, ()) if found else None


def _in_language(format_: Format) -> Variant:
    if format_ != HTML:
        return Variant(format_)
    return Variant(HTML, choose_language(request.headers.get("Accept-Language")))


def redirected(location: str, status: int, cache: str) -> Response:
    """Return a redirect with a path-absolute Location, which survives any proxy."""
    response = Response(f"{location}\n", status, mimetype="text/plain")
    # as it is: the server may not make it absolute by the request's Host
    response.autocorrect_location_header = False
    response.headers["Location"] = location
    response.headers["Cache-Control"] = cache
    return response


def _sent(site: Site, resource: Resource, variant: Variant, vary: tuple[str, ...]) -> Response:
    address = _address(site, resource, variant)
    name = _name(address, resource)
    etag, modified = site.etag(name), site.last_modified
    if resource.state:
        # the day of the data does not tell when the rest changed, nor does the release's id
        modified = None
        request.environ[NOT_KEPT] = True

    def make() -> Response:
        content = site.kept.get(name, lambda: _content(site, resource, variant))
        response = Response(content, content_type=variant.format.content_type)
        if variant.language:
            response.headers["Content-Language"] = variant.language
        _add_links(response, site, resource, variant)
        return response

    response = conditional(make, etag, modified)
    response.vary.update(vary)
    response.headers["Content-Location"] = address
    return response


def conditional(
    make: Callable[[], Response],
    etag: str,
    modified: datetime | None = None,
    cache: str = CURRENT,
) -> Response:
    """Return what `make` returns, or 304 without making it, with what caches need of either.

    `etag` is strong and in quotes. Of 304, werkzeug leaves out what describes the content.
    """
    headers = request.headers
    conditions = headers.get("If-None-Match"), headers.get("If-Modified-Since")
    known = request.method in ("GET", "HEAD") and not_modified(etag, modified, *conditions)
    response = Response(status=304) if known else make()
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    return response


def of_release(site: Site, make: Callable[[], Response]) -> Response:
    """Return `conditional` of what depends on the release and the address with its query alone."""
    address = f"{request.path}?{request.query_string.decode('latin-1')}"
    return conditional(make, site.etag(address), site.last_modified)


def _name(address: str, resource: Resource) -> str:
    """Return what a variant is kept by."""
    return f"{address} {resource.state}" if resource.state else address


def _address(site: Site, resource: Resource, variant: Variant) -> str:
    return f"{site.iris.root}{resource.stem}.{variant.suffix}{resource.query}"


def _content(site: Site, resource: Resource, variant: Variant) -> bytes:
    if variant.language and resource.page:
        stem, query, variants = resource.stem, resource.query, resource.variants
        view = View(site, variant.language, stem, query, variants, resource.is_part)
        return resource.page(view).encode()
    assert resource.data is not None
    return resource.data(variant.format)


def _add_links(response: Response, site: Site, resource: Resource, variant: Variant) -> None:
    for other in resource.variants:
        if other != variant:
            response.headers.add("Link", _alternate(site, resource, other))
    canonical = f".{variant.suffix}" if variant.language else ""
    address = f"{resource.stem}{canonical}" if canonical else resource.path
    address += "" if resource.is_part else resource.query
    response.headers.add("Link", link(site.iris.of(address), "canonical"))
    response.headers.add("Link", link(f"{site.iris.root}void", "describedby"))
    if site.licence:
        response.headers.add("Link", link(site.licence, "license"))
    if variant.format == JSONLD:  # for who wants all terms; the document itself has what it uses
        context = f"{site.iris.root}{CONTEXT}"
        response.headers.add("Link", link(context, _CONTEXT, type=JSONLD.media_type))
    for value in resource.links:
        response.headers.add("Link", value)


def _alternate(site: Site, resource: Resource, variant: Variant) -> str:
    address, media_type = _address(site, resource, variant), variant.format.media_type
    if variant.language:
        return link(address, "alternate", type=media_type, hreflang=variant.language)
    return link(address, "alternate", type=media_type)


def not_acceptable(site: Site, resource: Resource, *, is_unsayable: bool = False) -> Refusal:
    """Return the refusal of a form that a resource does not have, which lists those it has."""
    ways = tuple(
        Way(_address(site, resource, variant), _label(variant), variant.format.media_type)
        for variant in resource.variants
    )
    return Refusal(406, _UNSAYABLE if is_unsayable else _NOT_ACCEPTABLE, ways)


_LANGUAGE_NAMES: dict[Language, Text] = {
    "ja": Text("日本語", "Japanese"),
    "en": Text("英語", "English"),
}


def _label(variant: Variant) -> Text:
    if not variant.language:
        return variant.format.label
    return Text("{what}（{language}）", "{what} ({language})").format(
        what=variant.format.label, language=_LANGUAGE_NAMES[variant.language]
    )


def taken_apart(name: str) -> tuple[str, str | None]:
    """Return a path segment without its suffix, and the suffix. Keys have no dots.

    >>> taken_apart("under-way.en.html"), taken_apart("under-way")
    (('under-way', 'en.html'), ('under-way', None))
    """
    key, dot, suffix = name.partition(".")
    return key, suffix if dot else None

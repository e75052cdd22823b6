"""Search for people and programs, suggestions while somebody types, and what browsers need for both.

`search` (page and JSON), `suggest` (JSON, and in the form of OpenSearch), `opensearch.xml`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request

from publish.browse.lists import KANA
from publish.browse.samples import choose as sample
from publish.browse.samples import coded
from publish.formats import HTML, JSON, OPENSEARCH, SUGGESTIONS, Format
from publish.i18n import LANGUAGES, Language, Text
from publish.rdf import namespaces as ns
from publish.search import opensearch
from publish.search.absent import meant
from publish.search.candidate import Candidate
from publish.search.search import (
    LONGEST,
    MOST_PAGES,
    PAGE,
    Fault,
    Found,
    Inquiry,
    Parameters,
    find,
    read_search,
    read_suggestion,
)
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, Way, not_found
from publish.web.app.respond import CURRENT, Resource, answer, link, redirected
from publish.web.app.site import Site
from publish.web.app.view import Link, View
from publish.web.http import assets
from publish.web.http.negotiate import choose, choose_language

blueprint = Blueprint("search", __name__)

_FORMATS = (HTML, JSON)
_PAGE = Text("検索のページ", "the search page")
_NOINDEX = "noindex"


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as a page shows it."""

    link: Link
    #: the name in the other language, with that language's tag
    other: tuple[str, Language]
    kind: str
    description: str
    #: what fits, if it is neither of the names
    matched: tuple[str, str] | None
    hit: Candidate


@blueprint.get("/search")
@blueprint.get("/search.<suffix>")
def search(suffix: str | None = None) -> Response:
    """Answer with what is found; without a text, with the form and how to use it."""
    here = site()
    inquiry = _read(here, read_search)
    found = find(here.matcher, inquiry)
    if found is None:
        raise not_found()
    language = _page_language(suffix)
    if found.exact and language:
        return _led_to(here, found.exact, language, suffix)

    def page(view: View) -> str:
        return _page(view, found)

    def data(_: Format) -> bytes:
        return _json(here.formatter.results(found))

    resource = Resource(
        "search", _FORMATS, page, data, inquiry.query, _neighbours(here, found), is_part=True
    )
    response = answer(here, resource, suffix)
    if inquiry.query:
        response.headers["X-Robots-Tag"] = _NOINDEX
    return response


def _read(here: Site, read: Callable[..., Inquiry | Fault]) -> Inquiry:
    """Return what is asked for; raises Refusal if the parameters are wrong."""
    parameters: Parameters = parse_qsl(
        request.query_string.decode("utf-8", "replace"), keep_blank_values=True
    )
    inquiry = read(parameters, here.shapes.kinds)
    if isinstance(inquiry, Fault):
        way = Way(f"{here.iris.root}search", _PAGE)
        raise Refusal(inquiry.status, inquiry.said, (way,))
    return inquiry


def _page_language(suffix: str | None) -> Language | None:
    """Return the language of the page that is asked for, or None if no page is."""
    if suffix is None and choose(request.headers.get("Accept"), _FORMATS) != HTML:
        return None
    if suffix in (None, HTML.suffix):
        return choose_language(request.headers.get("Accept-Language"))
    return next((one for one in LANGUAGES if suffix == f"{one}.{HTML.suffix}"), None)


def _led_to(here: Site, hit: Candidate, language: Language, suffix: str | None) -> Response:
    """Return the way to the page about the thing whose code was typed."""
    page = here.iris.relative(here.iris.document_of(hit.iri) or "") or ""
    response = redirected(here.iris.path(here.iris.page(page, language)), 303, CURRENT)
    if suffix is None:
        response.vary.add("Accept")
    if suffix in (None, HTML.suffix):
        response.vary.add("Accept-Language")
    response.headers["X-Robots-Tag"] = _NOINDEX
    return response


def _neighbours(here: Site, found: Found) -> tuple[str, ...]:
    asked, last = found.inquiry, found.last
    around = {"first": 1, "prev": asked.page - 1, "next": asked.page + 1, "last": last}
    return tuple(
        link(f"{here.iris.root}search{asked.on_page(number).query}", relation)
        for relation, number in around.items()
        if last > 1 and 1 <= number <= last
    )


def _page(view: View, found: Found) -> str:
    here, asked = view.site, found.inquiry
    return view.render(
        "search.html",
        found=found,
        asked=asked,
        hits=[_shown(view, hit) for hit in found.hits],
        near=[_shown(view, hit) for hit in found.near],
        kinds=[kind for kind in here.shapes.kinds if here.members(kind)],
        everywhere=_everywhere(here, found),
        absent=meant(here.absences, asked.text),
        examples=[] if asked.text else _examples(here),
        first=asked.offset + 1,
        most={"page": PAGE, "pages": MOST_PAGES, "characters": LONGEST},
    )


def _everywhere(here: Site, found: Found) -> Found | None:
    """Return what is found among all types, if nothing is among those that are asked for."""
    if found.hits or not found.inquiry.kinds or not found.inquiry.text:
        return None
    whole = find(here.matcher, found.inquiry.among())
    return whole if whole and whole.hits else None


def _shown(view: View, hit: Candidate) -> Shown:
    formatter, language = view.site.formatter, view.language
    other: Language = "en" if language == "ja" else "ja"
    names = {hit.name.ja, hit.name.en}
    return Shown(
        Link(view.href(hit.iri), view.said(hit.name), language),
        (hit.name.in_(other), other),
        view.said(formatter.kind(hit)),
        view.said(formatter.description(hit)),
        None if hit.matched in names else (hit.matched, hit.language),
        hit,
    )


def _examples(here: Site) -> list[tuple[str, str]]:
    """Return texts that find something, each with what it is: name, reading, code."""
    kinds = coded(here.store, here.iris, here.shapes.kinds)
    found = sample(here.store, here.iris, [*kinds, *here.shapes.kinds])
    if found is None:
        return []
    thing, names = found.things[-1], found.things[-1].names
    known = {"ja": names["ja"], "kana": names.get(KANA), "en": names["en"], "code": thing.code}
    return [(text, what) for what, text in known.items() if text]


@blueprint.get("/suggest")
@blueprint.get("/suggest.<suffix>")
def suggest(suffix: str | None = None) -> Response:
    """Answer with what the beginning of a name may become."""
    here = site()
    inquiry = _read(here, read_suggestion)
    language = inquiry.language or choose_language(request.headers.get("Accept-Language"))

    def data(format_: Format) -> bytes:
        found = _suggested(here, inquiry)
        formatter = here.formatter
        if format_ == SUGGESTIONS:
            return _json(formatter.completions(inquiry, language, found))
        told = [formatter.suggestion(one) for one in found]
        return _json({"query": inquiry.text, "language": language, "suggestions": told})

    query = inquiry.suggesting(language)
    response = answer(
        here, Resource("suggest", (JSON, SUGGESTIONS), data=data, query=query), suffix
    )
    if inquiry.language is None:
        response.vary.add("Accept-Language")
    response.headers["X-Robots-Tag"] = _NOINDEX
    return response


def _suggested(here: Site, asked: Inquiry) -> tuple[Candidate, ...]:
    return here.matcher.suggest(asked.text, asked.kinds, asked.limit) if asked.text else ()


@blueprint.get("/opensearch.xml")
@blueprint.get("/opensearch.<language>.xml")
def description(language: str = "") -> Response:
    """Answer with what a browser needs to know to offer the search (OpenSearch 1.1)."""
    here = site()
    known = next((one for one in LANGUAGES if one == language), None)
    if language and known is None:
        raise not_found()
    told = known or choose_language(request.headers.get("Accept-Language"))
    stem = f"opensearch.{told}"

    def data(_: Format) -> bytes:
        return opensearch.describe(here.iris, _about(here), told)

    response = answer(here, Resource(stem, (OPENSEARCH,), data=data), OPENSEARCH.suffix)
    if known is None:
        response.vary.add("Accept-Language")
    return response


def _about(here: Site) -> opensearch.About:
    publisher = here.labels.value(here.dataset, ns.DCTERMS + "publisher")
    examples = dict((what, text) for text, what in _examples(here))
    icon = here.theme.icon or assets.address("icon.svg")
    example = Text(examples["ja"], examples["en"]) if examples else None
    return opensearch.About(
        here.title, here.iris.of(icon), example, here.names(publisher) if publisher else None
    )


def _json(content: object) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n".encode()

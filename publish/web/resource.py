"""Things: `id/{type}/{key}` leads by 303 to the document about it, `doc/{type}/{key}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from publish.document import Document, describe, exists
from publish.formats import DOCUMENT_FORMATS, Format
from publish.languages import Text
from publish.origins import query_of_thing
from publish.web import facts
from publish.web.embed import json_ld
from publish.web.problems import Refusal, Way, not_found
from publish.web.respond import CURRENT, Resource, answer, link, redirected, taken_apart
from publish.web.site import Site
from publish.web.under import site
from publish.web.view import View
from publish.withdrawn import Withdrawal

blueprint = Blueprint("resource", __name__)

_WITHDRAWN = Text(
    "{date}に公開を終えました。理由：{reason}",
    "Withdrawn on {date}. Reason: {reason}",
)
_SUCCESSOR = Text("後を継ぐもの", "its successor")


@blueprint.get("/id/<type_>/<key>")
def thing(type_: str, key: str) -> Response:
    """Answer 303 to the document about a thing, whatever the Accept header says."""
    here = site()
    iri = _known(here, type_, key)
    document = here.iris.path(here.iris.document(type_, key))
    response = redirected(document, 303, CURRENT)
    response.vary.update(["Accept", "Accept-Language"])
    response.headers.add("Link", link(document, "describedby"))
    response.headers.add("Link", link(iri, "canonical"))
    return response


@blueprint.get("/doc/<type_>/<name>")
def document(type_: str, name: str) -> Response:
    """Answer with the document about a thing."""
    here = site()
    key, suffix = taken_apart(name)
    iri = _known(here, type_, key)
    return answer(here, _resource(here, iri, f"doc/{type_}/{key}"), suffix)


def _known(here: Site, type_: str, key: str) -> str:
    """Return the IRI of a thing; raises Refusal 404 or 410 if there is none."""
    iri = here.iris.thing(type_, key)
    if here.iris.thing_parts(iri) != (type_, key):
        raise not_found()
    if withdrawal := here.release.withdrawn.get((type_, key)):
        raise _gone(here, withdrawal)
    if not exists(here.store, iri):
        raise not_found()
    return iri


def _gone(here: Site, withdrawal: Withdrawal) -> Refusal:
    detail = _WITHDRAWN.format(date=withdrawal.date, reason=withdrawal.reason)
    members: dict[str, Any] = {
        "date": withdrawal.date,
        "reason": withdrawal.reason_en,
        "reason_ja": withdrawal.reason_ja,
    }
    successor = withdrawal.successor_iri(here.iris)
    if successor is None:
        return Refusal(410, detail, members=members)
    headers = {"Link": link(successor, "successor-version")}
    ways = (Way(here.iris.path(successor), _SUCCESSOR),)
    return Refusal(410, detail, ways, members | {"successor": successor}, headers)


def _resource(here: Site, iri: str, path: str) -> Resource:
    described = _once(lambda: describe(here.store, here.shapes, iri, here.iris.of(path)))

    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(described().quads(), format_)

    return Resource(
        path,
        DOCUMENT_FORMATS,
        page=lambda view: _page(view, described()),
        data=data,
        links=(link(iri, "describes"),),
    )


def _once(make: Callable[[], Document]) -> Callable[[], Document]:
    """Return a function that describes at most once, and only when it is needed."""
    made: list[Document] = []

    def get() -> Document:
        if not made:
            made.append(make())
        return made[0]

    return get


def _page(view: View, document: Document) -> str:
    here, kind = view.site, view.site.kind_of(document.about)
    own = [quad for quad in document.own if _value(quad) not in document.parts]
    rows = facts.rows(view, own, kind)
    elsewhere = [row for row in rows if all(value.graph == "links" for value in row.values)]
    serialiser = here.release.serialiser
    return view.render(
        "thing.html",
        sparql=query_of_thing(here.shapes, here.prefixes, document.about),
        document=document,
        kind=kind,
        name=view.name(document.about),
        readings=facts.readings(document.own),
        rows=[row for row in rows if row not in elsewhere],
        elsewhere=elsewhere,
        groups=facts.parts(view, document),
        incoming=facts.incoming(view, document),
        graphs=_graphs(document),
        embedded=json_ld(document.quads(), serialiser.context, serialiser.context_address),
    )


def _value(quad: Any) -> str:
    return getattr(quad.object, "value", "")


def _graphs(document: Document) -> list[str]:
    """Return the IRIs of the graphs that state what the page shows."""
    quads = [*document.own, *(quad for quads in document.parts.values() for quad in quads)]
    return sorted({getattr(quad.graph_name, "value", "") for quad in quads} - {""})

"""Things: `id/{type}/{key}` leads by 303 to the document about it, `doc/{type}/{key}`.

With `?graph={name}` a document is what that one named graph says of the thing, in every format, the
RDF too: each says of itself that it is part of the whole document, which is the canonical one. The
same with `.{format}.{language}.html` shows the RDF to people (`publish.web.views.source`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, request

from publish.browse.citation import Citation
from publish.browse.describe import MOST_COUNTED, Document, describe, exists
from publish.browse.figures import Figure
from publish.browse.queries import query_of_thing
from publish.formats import DOCUMENT_FORMATS, Format
from publish.i18n import LANGUAGES, Text
from publish.project.withdrawn import Withdrawal
from publish.rdf import namespaces as ns
from publish.shacl.shapes import Kind
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, Way, not_found
from publish.web.app.respond import (
    CURRENT,
    Resource,
    answer,
    link,
    not_acceptable,
    redirected,
    sayable,
    taken_apart,
)
from publish.web.app.site import Site
from publish.web.app.view import View, graphs_in_order
from publish.web.views import facts, relations, source
from publish.web.views.figures import Rest, SmallMap, figures_by, place_map, rest, silence

blueprint = Blueprint("resource", __name__)

#: The properties that lead from a place to its outlines.
_OUTLINES = {ns.GEO + "hasDefaultGeometry", ns.GEO + "hasGeometry"}
_WITHDRAWN = Text(
    "{date}に公開を終えました。理由：{reason}",
    "Withdrawn on {date}. Reason: {reason}",
)
_SUCCESSOR = Text("後を継ぐもの：{name}", "its successor: {name}")
_SILENT = Text(
    "そのグラフには、これについての記述がありません。",
    "That graph says nothing of this thing.",
)
_WHOLE = Text("全ての記述", "everything that is said of it")
_LIST = Text("公開を終えたものの一覧", "all that was withdrawn")


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
    path, graph = f"doc/{type_}/{key}", request.args.get("graph")
    if graph == "":
        return redirected(f"{here.iris.root}doc/{type_}/{name}", 302, CURRENT)
    resource = _resource(here, iri, path, graph)
    format_, rest = source.taken_off(suffix)
    left = sayable(here, resource) if format_ else resource
    if format_ and format_ not in left.formats:
        raise not_acceptable(here, left, is_unsayable=True)
    shown = source.shown(left, format_, iri) if format_ else resource
    response = answer(here, shown, rest)
    if graph or format_:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


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
    listed = Way(f"{here.iris.root}changes#withdrawn", _LIST)
    successor = withdrawal.successor_iri(here.iris)
    if successor is None:
        return Refusal(410, detail, (listed,), members)
    headers = {"Link": link(successor, "successor-version")}
    text = _SUCCESSOR.format(name=_named(here, successor, withdrawal.successor))
    ways = (Way(here.iris.path(successor), text), listed)
    return Refusal(410, detail, ways, members | {"successor": successor}, headers)


def _named(here: Site, iri: str, key: str) -> Text:
    """Return the name of a thing in both languages; by its key if it has none."""
    names = [here.labels.name(iri, language) for language in LANGUAGES]
    return Text(*(said.text if said else key for said in names))


def _resource(here: Site, iri: str, path: str, graph: str | None) -> Resource:
    """Return a document, or what one graph says in it; raises Refusal 404 if that is nothing."""
    address = here.iris.of(path)
    whole = _once(lambda: describe(here.store, here.shapes, iri, address))
    described = whole
    if graph:
        if here.iris.graph(graph) not in whole().graphs():
            raise _silent(here, path)
        query = f"?graph={graph}"
        named = here.iris.graph(graph)
        described = _once(lambda: whole().said_in(named, address + query))

    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(described().quads(), format_)

    return Resource(
        path,
        DOCUMENT_FORMATS,
        page=lambda view: _page(view, described(), whole(), graph),
        data=data,
        query=f"?graph={graph}" if graph else "",
        links=(link(iri, "describes"),),
        is_part=bool(graph),
    )


def _silent(here: Site, path: str) -> Refusal:
    return Refusal(404, _SILENT, (Way(f"{here.iris.root}{path}", _WHOLE),))


def _once(make: Callable[[], Document]) -> Callable[[], Document]:
    """Return a function that describes at most once, and only when it is needed."""
    made: list[Document] = []

    def get() -> Document:
        if not made:
            made.append(make())
        return made[0]

    return get


def _page(view: View, document: Document, whole: Document, graph: str | None) -> str:
    here, kind = view.site, view.site.kind_of(document.about)
    own = [quad for quad in document.own if not _is_part(document, quad)]
    rows = facts.property_rows(view, own, kind)
    elsewhere = relations.outgoing(view, rows)
    apart = {facts.SOURCE, *(group.row.iri for group in elsewhere)}
    return view.render(
        "thing.html",
        sparql=query_of_thing(here.shapes, here.prefixes, document.about),
        document=document,
        kind=kind,
        name=view.name(document.about),
        readings=facts.readings(whole.own),
        rows=[row for row in rows if row.iri not in apart],
        supports=relations.supports(rows),
        elsewhere=elsewhere,
        groups=relations.parts(view, document),
        incoming=relations.incoming(view, document),
        uncounted=len(document.referring) == MOST_COUNTED,
        nothing=_nothing(view, whole, kind) if kind else [],
        map=_map(view, document),
        graphs=_graphs(here, whole),
        graph=graph,
        total=sum(whole.graphs().values()),
        citation=_citation(view, document.about),
        embedded=here.release.serialiser.embedded(document.quads()),
    )


@dataclass(frozen=True, slots=True)
class Nothing:
    """What figures count elsewhere by things of this type, and here not once."""

    kind: str
    name: str
    #: what is said where no document speaks of the thing; then it is no 0
    silence: str | None
    rest: Rest | None


def _nothing(view: View, document: Document, kind: Kind) -> list[Nothing]:
    """Return what is counted by things of a type, but not of this one."""
    about, found = document.about, list[Nothing]()
    if len(document.referring) == MOST_COUNTED:  # only some of what refers to it is known
        return found
    for figure in figures_by(view, kind.class_):
        field = figure.fields[0]
        if not any(_counts(view, figure, quad) for quad in document.referring):
            said = silence(view, figure.kind, kind.class_, about, 0)
            names = view.said(figure.kind.label), view.said(field.name)
            found.append(Nothing(*names, said, None if said else rest(view, figure)))
    return found


def _counts(view: View, figure: Figure, quad: ox.Quad) -> bool:
    """Tell whether a figure counts the subject of a statement for what it refers to."""
    is_path = quad.predicate.value == figure.fields[0].path
    return is_path and view.site.kind_of(getattr(quad.subject, "value", "")) == figure.kind


def _map(view: View, document: Document) -> SmallMap | None:
    """Return the small map of a place, or, for an outline, of the place that has it."""
    owners = (q for q in document.referring if q.predicate.value in _OUTLINES)
    places = [document.about, *(getattr(quad.subject, "value", "") for quad in owners)]
    return next(filter(None, (place_map(view, place) for place in places)), None)


def _graphs(here: Site, document: Document) -> dict[str, int]:
    """Return how many statements each graph makes, by its short name."""
    counts = {here.iris.graph_name(iri) or "": count for iri, count in document.graphs().items()}
    return {name: counts[name] for name in graphs_in_order(counts)}


def _is_part(document: Document, quad: ox.Quad) -> bool:
    """Tell whether a statement ties a part to its thing; where its sources stand, it does not."""
    is_source = quad.predicate.value == facts.SOURCE
    return not is_source and getattr(quad.object, "value", "") in document.parts


def _citation(view: View, iri: str) -> Citation:
    manifest, publisher, licence = view.site.release.manifest, view.publisher, view.licence
    return Citation(
        language=view.language,
        name=view.name(iri).text,
        container=view.title,
        version=manifest.version,
        day=manifest.modified,
        publisher=publisher.text if publisher else None,
        licence=licence.text if licence else None,
        address=iri,
    )

"""The data set about itself: the catalogue (DCAT) and the VoID description."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

import pyoxigraph as ox
from flask import Blueprint, Response

from publish.dataset import CATALOG
from publish.formats import HTML, JSONLD, NTRIPLES, RDFXML, TURTLE, Format
from publish.void import void_quads
from publish.web import facts
from publish.web.respond import CURRENT, Resource, answer, redirected
from publish.web.site import Site
from publish.web.under import site
from publish.web.view import View

blueprint = Blueprint("catalog", __name__)

_FORMATS = (HTML, TURTLE, JSONLD, RDFXML, NTRIPLES)
Quads = Callable[[], Iterable[ox.Quad]]


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalog(suffix: str | None = None) -> Response:
    """Answer with the catalogue: all of graph/catalog."""
    here = site()
    graph = ox.NamedNode(here.iris.graph(CATALOG))

    def quads() -> Iterable[ox.Quad]:
        return here.store.quads_for_pattern(None, None, None, graph)

    return answer(here, _resource(here, "catalog", quads), suffix)


@blueprint.get("/void")
@blueprint.get("/void.<suffix>")
def void(suffix: str | None = None) -> Response:
    """Answer with the VoID description."""
    here = site()
    return answer(here, _resource(here, "void", lambda: void_quads(here.store, here.iris)), suffix)


@blueprint.get("/.well-known/void")
def well_known() -> Response:
    """Lead to the VoID description (RFC 8615; "Describing Linked Datasets", section 7.2)."""
    return redirected(f"{site().iris.root}void", 302, CURRENT)


def _resource(here: Site, path: str, quads: Quads) -> Resource:
    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(quads(), format_)

    def page(view: View) -> str:
        return view.render(
            "statements.html", name=path, subjects=list(_subjects(view, path, quads()))
        )

    return Resource(path, _FORMATS, page=page, data=data)


def _subjects(
    view: View, path: str, quads: Iterable[ox.Quad]
) -> Iterable[tuple[str, str, list[facts.Row]]]:
    """Yield (anchor, IRI, rows) for each subject, the data set first, then by IRI."""
    first = [view.site.dataset, view.site.iris.of(path)]
    ordered = sorted(quads, key=lambda quad: _place(_subject(quad), first))
    for iri, group in groupby(ordered, key=_subject):
        yield _anchor(view, path, iri), iri, facts.rows(view, group)


def _subject(quad: ox.Quad) -> str:
    return str(getattr(quad.subject, "value", ""))


def _place(iri: str, first: list[str]) -> tuple[int, str]:
    return (first.index(iri) if iri in first else len(first)), iri


def _anchor(view: View, path: str, iri: str) -> str:
    """Return the fragment of an IRI of this page, else an anchor made of the whole IRI.

    Parts of the SPARQL service, which views link to this page, keep their fragment too.
    """
    address, _, fragment = (view.site.iris.relative(iri) or "").partition("#")
    names = {path: fragment, "sparql": f"sparql-{fragment}"}
    return names.get(address, iri) if fragment else iri

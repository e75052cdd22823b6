"""Pages for people: the home page, and where the data comes from and how it may be used."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response

from publish import namespaces as ns
from publish.formats import HTML, RDF_FORMATS, Format
from publish.terms import node
from publish.void import void_quads
from publish.web import facts
from publish.web.respond import Resource, answer
from publish.web.under import site
from publish.web.view import Link, View

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@blueprint.get("/index.<suffix>")
def home(suffix: str | None = None) -> Response:
    """Answer with the home page; to a program, with the description of the data set (VoID)."""
    here = site()

    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(void_quads(here.store, here.iris), format_)

    return answer(here, Resource("", (HTML, *RDF_FORMATS), page=_home, data=data), suffix)


def _home(view: View) -> str:
    here = view.site
    kinds = [(kind, len(here.members(kind))) for kind in here.shapes.kinds]
    return view.render(
        "home.html",
        description=here.labels.text(here.dataset, ns.DCTERMS + "description", view.language),
        kinds=[(kind, count) for kind, count in kinds if count],
        graphs=[(view.named(here.iris.graph(name)), n) for name, n in _graphs(view)],
        manifest=here.release.manifest,
    )


#: The order in which a reader wants to know of the graphs; others follow.
_ORDER = ("source", "editorial", "reference", "links", "ontology", "derived")


def _graphs(view: View) -> list[tuple[str, int]]:
    counts = view.site.release.manifest.graphs
    known = [(name, counts[name]) for name in _ORDER if name in counts]
    return [*known, *((name, n) for name, n in sorted(counts.items()) if name not in _ORDER)]


@blueprint.get("/about")
@blueprint.get("/about.<suffix>")
def about(suffix: str | None = None) -> Response:
    """Answer with the page on publisher, licence, credits, and how to cite."""
    return answer(site(), Resource("about", (HTML,), page=_about), suffix)


def _about(view: View) -> str:
    here, labels = view.site, view.site.labels
    graphs = [here.iris.graph(name) for name, _ in _graphs(view)]
    contact = labels.value(here.dataset, ns.DCAT + "contactPoint")
    return view.render(
        "about.html",
        description=labels.text(here.dataset, ns.DCTERMS + "description", view.language),
        contact=labels.text(contact, ns.VCARD + "fn", view.language) if contact else None,
        graphs=[_credited(view, iri) for iri in graphs],
        sources=_sources(view, graphs),
        manifest=here.release.manifest,
    )


_CREDITED = {ns.DCTERMS + name for name in ("description", "license", "rights")}


def _credited(view: View, iri: str) -> tuple[Link, list[facts.Row]]:
    """Return a graph with what it holds and the conditions under which it may be used."""
    quads = view.site.store.quads_for_pattern(node(iri), None, None)
    return view.named(iri), facts.rows(view, [q for q in quads if q.predicate.value in _CREDITED])


def _sources(view: View, graphs: list[str]) -> list[tuple[Link, list[facts.Row]]]:
    """Return what the graphs were made from, once each, with its credit line and terms."""
    labels = view.site.labels
    found = {term.value for iri in graphs for term in labels.values(iri, _DERIVED)}
    external = sorted(iri for iri in found if iri not in graphs)
    return [(view.named(iri), facts.rows(view, _said(view, iri))) for iri in external]


_DERIVED = ns.PROV + "wasDerivedFrom"


def _said(view: View, iri: str) -> list[ox.Quad]:
    quads = view.site.store.quads_for_pattern(node(iri), None, None)
    wanted = {ns.DCTERMS + n for n in ("description", "bibliographicCitation", "license", "rights")}
    return [quad for quad in quads if quad.predicate.value in wanted]

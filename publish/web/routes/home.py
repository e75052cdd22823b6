"""Pages for people: the home page, and where the data comes from and how it may be used."""

from __future__ import annotations

import re
from dataclasses import replace

import pyoxigraph as ox
from flask import Blueprint, Response

from publish.browse.figures import Figure, Form
from publish.browse.labels import Said
from publish.catalog.void import void_quads
from publish.formats import HTML, RDF_FORMATS, Format
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.shacl.shapes import Kind
from publish.web.app.base_path import site
from publish.web.app.respond import Resource, answer
from publish.web.app.view import Link, View, graphs_in_order
from publish.web.views import facts
from publish.web.views.figures import Tally, counted_map, first_bars, rest, tallies

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
    map_ = counted_map(view)
    counted = first_bars(view, map_.figure if map_ else None)
    kinds = [(kind, len(here.members(kind))) for kind in here.shapes.kinds]
    return view.render(
        "home.html",
        description=_opening(here.labels.text(here.dataset, _DESCRIPTION, view.language)),
        map=map_,
        counted=counted,
        tallies=_defined(view, counted) if counted else (),
        rest=rest(view, counted) if counted else None,
        kinds=[(kind, count) for kind, count in kinds if count],
        tables=_tables(kinds),
        linksets=next((kind for kind, n in kinds if n and kind.class_ == _LINKSET), None),
        examples=here.release.examples[:_EXAMPLES],
        graphs=[_described(view, name, count) for name, count in _graphs(view)],
        manifest=here.release.manifest,
    )


_DESCRIPTION = ns.DCTERMS + "description"
_LINKSET = ns.VOID + "Linkset"
#: Sentences of the catalogue's description that the home page begins with; the rest is at /about.
_SENTENCES = 2
#: Example queries and tables of codes that the home page names.
_EXAMPLES, _TABLES = 2, 3
#: A sentence ends at a full stop, in Latin letters only before a blank ("5.0" is none).
_SENTENCE = re.compile(r".+?(?:。|[.!?](?=\s|$))\s*", re.DOTALL)


def _opening(said: Said | None) -> Said | None:
    """Return the first sentences of a text."""
    if said is None:
        return None
    sentences = _SENTENCE.findall(said.text)[:_SENTENCES]
    return Said("".join(sentences).strip() or said.text, said.language)


def _defined(view: View, figure: Figure) -> list[tuple[Tally, Said | None]]:
    """Return what a figure counts, each with its definition."""
    labels = view.site.labels
    predicates = (ns.SKOS + "definition", _DESCRIPTION)
    return [
        (
            tally,
            next(
                filter(None, (labels.text(tally.iri, p, view.language) for p in predicates)), None
            ),
        )
        for tally in tallies(view, figure)
    ]


def _tables(kinds: list[tuple[Kind, int]]) -> list[Kind]:
    """Return the largest types whose things have official codes: tables to match one's own with."""
    coded = [
        (kind, count)
        for kind, count in kinds
        if count and any(field.path == ns.DCTERMS + "identifier" for field in kind.fields)
    ]
    return [kind for kind, _ in sorted(coded, key=lambda pair: -pair[1])[:_TABLES]]


def _described(view: View, name: str, count: int) -> tuple[str, Link, int, Said | None]:
    """Return a graph: its short name, its link, its size, and what it holds."""
    iri = view.site.iris.graph(name)
    return name, view.named(iri), count, view.site.labels.text(iri, _DESCRIPTION, view.language)


def _graphs(view: View) -> list[tuple[str, int]]:
    counts = view.site.release.manifest.graphs
    return [(name, counts[name]) for name in graphs_in_order(counts)]


@blueprint.get("/about")
@blueprint.get("/about.<suffix>")
def about(suffix: str | None = None) -> Response:
    """Answer with the page on publisher, licence, credits, and how to cite."""
    return answer(site(), Resource("about", (HTML,), page=_about), suffix)


def _about(view: View) -> str:
    here, labels = view.site, view.site.labels
    graphs = [here.iris.graph(name) for name, _ in _graphs(view)]
    contact = labels.value(here.dataset, ns.DCAT + "contactPoint")
    provenance = labels.value(here.dataset, ns.DCTERMS + "provenance")
    return view.render(
        "about.html",
        description=labels.text(here.dataset, ns.DCTERMS + "description", view.language),
        provenance=labels.text(provenance, ns.RDFS + "label", view.language)
        if provenance
        else None,
        absent=here.absences,
        silent=_silent(view),
        contact=labels.text(contact, ns.VCARD + "fn", view.language) if contact else None,
        graphs=[(link, rows) for link, rows in (_credited(view, iri) for iri in graphs) if rows],
        sources=_sources(view, graphs),
        manifest=here.release.manifest,
    )


def _silent(view: View) -> list[tuple[str, list[Tally]]]:
    """Return the values of which no document speaks, with what figures count by them."""
    bars = (figure for figure in view.site.figures if figure.form == Form.BARS)
    counted = [(view.said(figure.title), tallies(view, figure)) for figure in bars]
    silent = [(name, [tally for tally in of if tally.silence]) for name, of in counted]
    return [(name, of) for name, of in silent if of]


_CREDITED = {ns.DCTERMS + name for name in ("description", "license", "rights")}


def _credited(view: View, iri: str) -> tuple[Link, list[facts.Row]]:
    """Return a graph with what it holds and the conditions under which it may be used."""
    quads = view.site.store.quads_for_pattern(node(iri), None, None)
    rows = facts.property_rows(view, [q for q in quads if q.predicate.value in _CREDITED])
    return view.named(iri), _as_text(rows)


def _sources(view: View, graphs: list[str]) -> list[tuple[Link, list[facts.Row]]]:
    """Return what the graphs were made from, once each, with its credit line and terms."""
    labels = view.site.labels
    found = {term.value for iri in graphs for term in labels.values(iri, _DERIVED)}
    external = sorted(iri for iri in found if iri not in graphs)
    return [
        (view.named(iri), _as_text(facts.property_rows(view, _said(view, iri)))) for iri in external
    ]


def _as_text(rows: list[facts.Row]) -> list[facts.Row]:
    """Return rows in which conditions, which are sentences, are read rather than followed."""
    return [
        replace(row, values=tuple(replace(value, href=None) for value in row.values))
        if row.iri == ns.DCTERMS + "rights"
        else row
        for row in rows
    ]


_DERIVED = ns.PROV + "wasDerivedFrom"


def _said(view: View, iri: str) -> list[ox.Quad]:
    quads = view.site.store.quads_for_pattern(node(iri), None, None)
    wanted = {ns.DCTERMS + n for n in ("description", "bibliographicCitation", "license", "rights")}
    return [quad for quad in quads if quad.predicate.value in wanted]

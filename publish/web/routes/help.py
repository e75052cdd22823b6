"""How to use the site: an overview, and a tutorial for each of the three kinds of users.

`help`, `help/harvest` (portals), `help/query` (those who ask), `help/link` (those with own data).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response

from publish.browse.facets import facets_of
from publish.browse.samples import Choice, choose, coded, relations
from publish.formats import CSV, DOCUMENT_FORMATS, HTML, RDF_FORMATS, RESULT_FORMATS
from publish.project.dataset import CATALOG
from publish.rdf import namespaces as ns
from publish.release.dumps import DIRECTORY
from publish.release.manifest import File
from publish.shacl.shapes import Kind
from publish.sparql.guard import LONGEST
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.requests import settings
from publish.web.app.respond import Resource, answer, taken_apart
from publish.web.app.site import Site
from publish.web.app.view import Link, View, graphs_in_order
from publish.web.views.tutorials import BATCH, Snippet, Tutorials

blueprint = Blueprint("help", __name__)

_STEM = "help"


@dataclass(frozen=True, slots=True)
class Relation:
    """How things are tied to those of others: the property, how often, and one target."""

    name: str
    property: Link
    count: int
    target: Link


@blueprint.get("/help")
@blueprint.get("/help.<suffix>")
def overview(suffix: str | None = None) -> Response:
    """Answer with what can be done here, and how addresses work."""
    return answer(site(), Resource(_STEM, (HTML,), page=_overview), suffix)


@blueprint.get("/help/<name>")
def tutorial(name: str) -> Response:
    """Answer with a tutorial."""
    stem, suffix = taken_apart(name)
    page = _TUTORIALS.get(stem)
    if page is None:
        raise not_found()
    # the limits of the endpoint stand on the page, but not in the release
    state = repr(_limits()) if page is _query else ""
    return answer(site(), Resource(f"{_STEM}/{stem}", (HTML,), page=page, state=state), suffix)


def _overview(view: View) -> str:
    here = view.site
    found = choose(here.store, here.iris, _explained(here))
    snippets = [_snippets(here).address_of(found.thing)] if found else []
    return view.render(
        "help.html",
        thing=view.named(found.thing.iri) if found else None,
        iri=found.thing.iri if found else None,
        document=(here.iris.document_of(found.thing.iri) or "") if found else None,
        snippets=_by_name(snippets),
        formats=DOCUMENT_FORMATS,
        table=CSV,
        list_=f"doc/{found.kind.segment}" if found else None,
        graphs=graphs_in_order(set(here.release.manifest.graphs) - {CATALOG}),
    )


def _harvest(view: View) -> str:
    here = view.site
    found = _snippets(here).harvest(feed=here.day is not None)
    rhythm = here.labels.value(here.dataset, ns.DCTERMS + "accrualPeriodicity")
    tables = coded(here.store, here.iris, here.shapes.kinds)[:1]
    return view.render(
        "help_harvest.html",
        snippets=_by_name(found),
        rhythm=view.named(rhythm) if rhythm else None,
        catalogues=RDF_FORMATS[:3],
        file=lambda name: _file(here, name),
        tables=tables,
        manifest=here.release.manifest,
    )


def _query(view: View) -> str:
    here = view.site
    found = choose(here.store, here.iris, _explained(here))
    tutorials = _snippets(here)
    snippets = tutorials.query(found) if found else []
    return view.render(
        "help_query.html",
        snippets=_by_name(snippets),
        choice=found,
        thing=view.named(found.thing.iri) if found else None,
        query=tutorials.names(found) if found else None,
        address=tutorials.address(tutorials.names(found)) if found else None,
        limits=_limits(),
        tables=RESULT_FORMATS,
        triples=RDF_FORMATS,
        graphs=graphs_in_order(set(here.release.manifest.graphs) - {CATALOG}),
    )


def _link(view: View) -> str:
    here = view.site
    kinds = coded(here.store, here.iris, here.shapes.kinds)
    found = choose(here.store, here.iris, [*kinds, *here.shapes.kinds])
    tutorials = _snippets(here)
    snippets = tutorials.link(found, here.release.withdrawn) if found else []
    return view.render(
        "help_link.html",
        snippets=_by_name(snippets),
        choice=found,
        thing=view.named(found.thing.iri) if found else None,
        coded=kinds,
        relations=_relations(view, found) if found else [],
        batch=BATCH,
        joinings=[
            (view.named(one.partner.iri), one)
            for one in (tutorials.joinings(here.store, found) if found else ())
        ],
        linksets=next((one for one in here.shapes.kinds if one.class_ == _LINKSET), None),
    )


_LINKSET = ns.VOID + "Linkset"
_TUTORIALS = {"harvest": _harvest, "query": _query, "link": _link}


def _limits() -> dict[str, int]:
    """Return what the endpoint allows; a rate of 0 is no limit."""
    found = settings()
    return {
        "seconds": found.query_seconds,
        "rows": found.rows,
        "rate": found.rate,
        "characters": LONGEST,
    }


def _snippets(here: Site) -> Tutorials:
    return Tutorials(here.iris, here.prefixes)


def _by_name(snippets: Iterable[Snippet]) -> Mapping[str, Snippet | None]:
    """Return snippets by name; None for those that the release gives no reason to show."""
    return defaultdict(lambda: None, {one.name: one for one in snippets})


def _explained(here: Site) -> list[Kind]:
    """Return the types to explain queries by: first those whose things can be told apart."""
    kinds = here.shapes.kinds
    return [*(kind for kind in kinds if facets_of(here.shapes, kind)), *kinds]


def _file(here: Site, name: str) -> File | None:
    return here.release.manifest.file(f"{DIRECTORY}/{name}")


def _relations(view: View, found: Choice) -> list[Relation]:
    here = view.site
    return [
        Relation(
            view.short(iri).partition(":")[2],
            Link(iri, view.short(iri), external=True),
            count,
            view.named(target),
        )
        for iri, count, target in relations(here.store, here.iris, found.kind)
    ]

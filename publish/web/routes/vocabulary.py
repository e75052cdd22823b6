"""The ontology, its code lists, the shapes, the JSON-LD context, and the named graphs."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox
from flask import Blueprint, Response

from publish import formats
from publish.browse.vocabulary import (
    ONTOLOGY,
    Usage,
    Vocabulary,
    code_lists,
    quads_of,
    shapes_as,
    shapes_as_written,
    versions,
)
from publish.formats import (
    DOCUMENT_FORMATS,
    HTML,
    JSONLD,
    NTRIPLES,
    RDF_FORMATS,
    RDFXML,
    TURTLE,
    Format,
)
from publish.rdf import namespaces as ns
from publish.release.release import CONTEXT
from publish.shacl.explain import owners, totals
from publish.shacl.shapes import shape_files
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.respond import IMMUTABLE, Resource, answer, link, taken_apart
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.views import facts
from publish.web.views.vocabulary import Glossary, tables

blueprint = Blueprint("vocabulary", __name__)

_SHAPES_FORMATS = (HTML, TURTLE, JSONLD, RDFXML, NTRIPLES)


@blueprint.get("/ontology")
@blueprint.get("/ontology.<suffix>")
def ontology(suffix: str | None = None) -> Response:
    """Answer with the vocabulary; terms are its fragments."""
    return answer(site(), _ontology(site(), ONTOLOGY), suffix)


@blueprint.get("/ontology/<name>")
def version(name: str) -> Response:
    """Answer with the vocabulary at its version IRI, or with what it says of one term."""
    here = site()
    for iri in versions(here.vocabulary):
        path = here.iris.relative(iri) or ""
        asked = f"{ONTOLOGY}/{name}"
        if asked == path or asked.startswith(f"{path}."):
            return answer(here, _ontology(here, path), asked[len(path) + 1 :] or None)
    local, suffix = taken_apart(name)
    return answer(here, _term(here, local), suffix)


def _ontology(here: Site, path: str) -> Resource:
    if not here.vocabulary.is_served:
        return _elsewhere(here)

    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(here.vocabulary.quads(), format_)

    return Resource(path, DOCUMENT_FORMATS, page=_ontology_page, data=data)


def _elsewhere(here: Site) -> Resource:
    """Return where the vocabularies of others are, which are not ours to serve.

    The address is none of a vocabulary then, so it does not redirect to one: it answers with what
    those vocabularies say of themselves as a whole, their addresses first of all.
    """
    if not here.borrowed:
        raise not_found()

    def data(format_: Format) -> bytes:
        headers = (quad for vocabulary in here.borrowed for quad in vocabulary.header)
        return here.release.serialiser.write(headers, format_)

    links = tuple(link(vocabulary.iri, "describedby") for vocabulary in here.borrowed)
    return Resource(ONTOLOGY, DOCUMENT_FORMATS, page=_vocabularies_page, data=data, links=links)


def _vocabularies_page(view: View) -> str:
    return view.render(
        "vocabularies.html", vocabularies=[_borrowed(view, one) for one in view.site.borrowed]
    )


def _borrowed(view: View, vocabulary: Vocabulary) -> dict[str, object]:
    """Return a vocabulary of others as a page shows it, with its terms that are in use."""
    usage = Usage(view.site.store)
    used = [(iri, usage.things(iri)) for iri in vocabulary.classes]
    used += [(iri, usage.statements(iri)) for iri in vocabulary.properties]
    return {
        "link": view.named(vocabulary.iri),
        "description": view.site.labels.text(vocabulary.iri, _DESCRIPTION, view.language),
        "header": _header(view, vocabulary),
        "terms": [(view.named(iri), view.short(iri), uses) for iri, uses in used if uses],
    }


def _header(view: View, vocabulary: Vocabulary) -> list[facts.Row]:
    said = facts.property_rows(view, [q for q in vocabulary.header if q.predicate.value in _HEADER])
    return sorted(said, key=lambda row: _HEADER.index(row.iri))


def _term(here: Site, local: str) -> Resource:
    """Return what is said of one term, for programs; people read of it on the page of all."""
    quads = here.vocabulary.term(local)
    if not quads:
        raise not_found()

    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(quads, format_)

    return Resource(f"{ONTOLOGY}/{local}", RDF_FORMATS, data=data)


def _ontology_page(view: View) -> str:
    vocabulary = view.site.vocabulary
    glossary = Glossary(view)
    return view.render(
        "ontology.html",
        vocabulary=vocabulary,
        description=view.site.labels.text(vocabulary.iri, _DESCRIPTION, view.language),
        header=_header(view, vocabulary),
        borrowed=[view.named(one.iri) for one in view.site.borrowed],
        name=view.name(vocabulary.iri),
        glossary=glossary,
        owners=owners(view.site.rules),
        relations=[
            (
                glossary.box(tie.source),
                glossary.relation(tie.source, tie.path),
                glossary.box(tie.target),
            )
            for tie in glossary.ties
        ],
    )


_DESCRIPTION = ns.DCTERMS + "description"
#: What the page says of the vocabulary as a whole, in this order; all of it is in the data.
_HEADER = (
    ns.SKOS + "note",
    ns.OWL + "versionInfo",
    ns.OWL + "versionIRI",
    ns.OWL + "priorVersion",
    ns.DCTERMS + "modified",
    ns.DCTERMS + "creator",
    ns.DCTERMS + "license",
    ns.VANN + "preferredNamespacePrefix",
    ns.VANN + "preferredNamespaceUri",
)


@blueprint.get("/codelists")
@blueprint.get("/codelists.<suffix>")
def codelists(suffix: str | None = None) -> Response:
    """Answer with the code lists, all on one page."""
    here = site()

    def data(format_: Format) -> bytes:
        lists = code_lists(here.store, here.iris.of("id/"))
        return here.release.serialiser.write(quads_of(here.store, lists), format_)

    def page(view: View) -> str:
        return view.render("codelists.html", tables=tables(view))

    return answer(here, Resource("codelists", DOCUMENT_FORMATS, page=page, data=data), suffix)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
def shapes(suffix: str | None = None) -> Response:
    """Answer with the shapes: as they were written, or in another format."""
    here = site()

    def data(format_: Format) -> bytes:
        if format_ == TURTLE:
            return shapes_as_written(here.release.path)
        return shapes_as(here.shapes.graph, format_)

    return answer(here, Resource("shapes", _SHAPES_FORMATS, page=_shapes_page, data=data), suffix)


@blueprint.get("/shapes/<name>")
def shapes_file(name: str) -> Response:
    """Answer with one file of the shapes as it was written."""
    here = site()
    stem, suffix = taken_apart(name)
    path = here.release.path / "shapes" / f"{stem}.ttl"
    if path not in shape_files(here.release.path):
        raise not_found()

    def data(_: Format) -> bytes:
        return shapes_as_written(here.release.path, path)

    return answer(here, Resource(f"shapes/{stem}", (TURTLE,), data=data), suffix)


def _shapes_page(view: View) -> str:
    here, groups = view.site, view.site.rules
    return view.render(
        "shapes.html",
        groups=groups,
        owners=owners(groups),
        totals=totals(here.shapes),
        files={shape: path.name for shape, path in here.shapes.files.items()},
        own=here.vocabulary.properties,
        kinds={kind.class_: kind for kind in here.shapes.kinds},
    )


@blueprint.get("/graph/<name>")
def graph(name: str) -> Response:
    """Answer with a named graph: all of it as data, a description of it as a page."""
    here = site()
    key, suffix = taken_apart(name)
    node = ox.NamedNode(here.iris.graph(key)) if key.isascii() and key.isalnum() else None
    if node is None or not here.store.contains_named_graph(node):
        raise not_found()

    def data(format_: Format) -> bytes:
        quads = here.store.quads_for_pattern(None, None, None, node)
        return here.release.serialiser.write(quads, format_)

    def page(view: View) -> str:
        said = here.store.quads_for_pattern(node, None, None)
        return view.render(
            "graph.html",
            iri=node.value,
            name=view.name(node.value),
            count=here.release.manifest.graphs.get(key),
            rows=facts.property_rows(view, said),
        )

    return answer(here, Resource(f"graph/{key}", DOCUMENT_FORMATS, page=page, data=data), suffix)


@blueprint.get("/context")
@blueprint.get("/context.<suffix>")
def context(suffix: str | None = None) -> Response:
    """Answer with the JSON-LD context, and tell its immutable address."""
    here = site()
    fixed = f"{here.iris.root}context-{context_digest(_context(here))}.jsonld"
    links = (link(fixed, "alternate", type=JSONLD.media_type),)
    resource = Resource("context", (JSONLD,), data=lambda _: _context(here), links=links)
    return answer(here, resource, suffix)


@blueprint.get("/context-<digest>.jsonld")
def fixed_context(digest: str) -> Response:
    """Answer with the JSON-LD context under the address that names its content."""
    content = _context(site())
    if digest != context_digest(content):
        raise not_found()
    response = Response(content, content_type=formats.JSONLD.content_type)
    response.headers["Cache-Control"] = IMMUTABLE
    response.set_etag(digest)
    return response


def context_digest(content: bytes) -> str:
    """Return what names a context's content in its immutable address."""
    return hashlib.sha256(content).hexdigest()[:12]


def _context(here: Site) -> bytes:
    return (here.release.path / CONTEXT).read_bytes()

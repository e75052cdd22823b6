"""What is answered as the catalogue: its part of graph/catalog, with what it needs of the content.

The catalogue is everything that `{base}catalog` leads to, without VoID and without the description of
the SPARQL endpoint, which have addresses of their own. The graphs partition the statements, so what a
harvester must know of publisher, places and documents stands in the content; it is added here, where
the catalogue is answered, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from publish.browse.describe import labels_of
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, narrowed, node
from publish.release.release import CATALOG_QUADS, Release

_OTHER = (ns.VOID, ns.SD, ns.SH)
#: What the catalogue tells of a thing of the content that it refers to.
_TOLD = frozenset(
    (
        TYPE.value,
        *(ns.SKOS + name for name in ("prefLabel", "altLabel", "exactMatch", "closeMatch")),
        *(ns.DCTERMS + name for name in ("title", "identifier", "description", "date")),
        *(ns.FOAF + name for name in ("name", "homepage", "mbox")),
        ns.RDFS + "label",
        ns.RDFS + "seeAlso",
        ns.OWL + "sameAs",
        ns.SCHEMA + "url",
    )
)


def catalog_quads(release: Release) -> Iterator[ox.Quad]:
    """Yield the catalogue of a release: what `{base}catalog` answers.

    It is read from the file, because the engine keeps every whole number as `xsd:integer`, and DCAT-AP
    wants `dcat:byteSize` as `xsd:nonNegativeInteger`.
    """
    said = _by_subject(release)
    start = node(release.iris.of("catalog"))
    ahead, known = [start], {start}
    while ahead:
        for quad in said.get(ahead.pop(), ()):
            _, predicate, object_ = narrowed(quad)
            if _is_other(predicate.value) or (predicate == TYPE and _is_other(object_.value)):
                continue
            yield quad
            if isinstance(object_, ox.NamedNode) and predicate != TYPE and object_ not in known:
                known.add(object_)
                ahead.append(object_)
    for subject in sorted(known, key=str):
        yield from _content(release, subject)


def _by_subject(release: Release) -> dict[ox.NamedNode, list[ox.Quad]]:
    quads = ox.parse(path=release.path / CATALOG_QUADS, format=ox.RdfFormat.N_QUADS)
    found: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in quads:
        found.setdefault(narrowed(quad)[0], []).append(quad)
    return found


def _is_other(iri: str) -> bool:
    return iri.startswith(_OTHER)


def _content(release: Release, subject: ox.NamedNode) -> Iterator[ox.Quad]:
    """Yield what the content says of something: of a thing what identifies it, else its names."""
    about = node(release.iris.graph("catalog"))
    quads: Iterable[ox.Quad] = labels_of(release.store, (subject,))
    if release.iris.thing_parts(subject.value):
        found = release.store.quads_for_pattern(subject, None, None)
        quads = (quad for quad in found if quad.predicate.value in _TOLD)
    yield from (quad for quad in quads if quad.graph_name != about)

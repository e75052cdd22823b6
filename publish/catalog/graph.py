"""graph/catalog: the data set about itself, as it is made, and what of it is answered.

The catalogue is everything that `{base}catalog` leads to, without VoID and without the description of
the SPARQL endpoint, which have addresses of their own. The graphs partition the statements, so what a
harvester must know of publisher, places and documents stands in the content; it is added where the
catalogue is answered, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from publish.browse.describe import labels_of
from publish.catalog import dcat, service_description, void
from publish.catalog.dcat import Catalogue
from publish.catalog.void import Stats, count, linkset_sizes
from publish.project import example_queries, integrity
from publish.project.dataset import Dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, narrowed, node
from publish.release.dumps import Dump
from publish.release.parts import WHOLE, Part
from publish.release.release import CATALOG_QUADS, Release
from publish.shacl.shapes import Shapes, prefixes_of


@dataclass(frozen=True)
class About:
    """What the description is made from: content, hand-written catalogue, release and its files."""

    dataset: Dataset
    shapes: Shapes
    catalog: tuple[Triple, ...]
    examples: tuple[example_queries.Example, ...]
    #: the data sets, the whole first, and the statements of each by its name
    parts: tuple[Part, ...]
    content: Mapping[str, Sequence[ox.Quad]]
    release: str
    content_hash: str
    dumps: tuple[Dump, ...]

    def counted(self) -> dict[str, Stats]:
        """Return the counts of each data set by its name."""
        things = self.dataset.iris.of("id/")
        return {name: count(quads, things) for name, quads in self.content.items()}


def about_itself(source: About) -> Iterator[Triple]:
    """Yield the triples of graph/catalog, each once; none stands in the content.

    Raises GraphError for an IRI under the base that nothing describes.
    """
    dataset, shapes, iris = source.dataset, source.shapes, source.dataset.iris
    store, prefixes = dataset.store(), prefixes_of(shapes)
    parts, counted, links = source.parts, source.counted(), linkset_sizes(store)
    described = Catalogue(
        iris, source.release, source.content_hash, parts, source.dumps, source.catalog,
        {vocabulary: _titles(dataset, vocabulary) for vocabulary in dataset.vocabularies()},
    )  # fmt: skip
    computed: Iterable[Triple] = (
        *described.triples(),
        *dcat.places(described, store),
        *void.void_triples(iris, parts, counted, links, prefixes),
        *void.dump_triples(iris, source.release, source.dumps),
        *void.example_resources(store, parts, shapes),
        *service_description.service_triples(
            iris, dict(counted[WHOLE].graphs), sorted(prefixes.items())
        ),
        *example_queries.example_triples(iris, source.examples),
    )
    everything = dict.fromkeys(computed)
    integrity.check_catalog(everything, dataset)
    return (triple for triple in everything if triple not in dataset.found)


def _titles(dataset: Dataset, vocabulary: str) -> tuple[ox.Literal, ...]:
    """Return what somebody else's vocabulary is called; ours says so itself, in the content."""
    return tuple(
        object_
        for subject, predicate, object_ in dataset.borrowed
        if subject.value == vocabulary
        and predicate.value == ns.DCTERMS + "title"
        and isinstance(object_, ox.Literal)
    )


# -- What is answered as the catalogue ------------------------------------------------------------

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

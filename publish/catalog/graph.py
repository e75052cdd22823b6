"""graph/catalog: the data set about itself, as written by hand and as computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from publish.catalog import dcat as catalog
from publish.catalog import service_description, void
from publish.catalog.dcat import Catalogue
from publish.catalog.stats import Stats, count, linkset_sizes
from publish.project import example_queries as examples
from publish.project import integrity
from publish.project.dataset import Dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple
from publish.release.dumps import Dump
from publish.release.parts import WHOLE, Part
from publish.shacl.shapes import Shapes, prefixes_of


@dataclass(frozen=True)
class About:
    """What the description is made from: content, hand-written catalogue, release and its files."""

    dataset: Dataset
    shapes: Shapes
    catalog: tuple[Triple, ...]
    examples: tuple[examples.Example, ...]
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
        *catalog.places(described, store),
        *void.void_triples(iris, parts, counted, links, prefixes),
        *void.dump_triples(iris, source.release, source.dumps),
        *void.example_resources(store, parts, shapes),
        *service_description.service_triples(
            iris, dict(counted[WHOLE].graphs), sorted(prefixes.items())
        ),
        *examples.example_triples(iris, source.examples),
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

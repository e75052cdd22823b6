"""graph/catalog: the data set about itself, as written by hand and as computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish import catalog, examples, integrity, service, stats, void
from publish.dataset import Dataset
from publish.dump import Dump
from publish.release import prefixes_of
from publish.shapes import Shapes
from publish.terms import Triple


@dataclass(frozen=True)
class About:
    """What the description is made from: content, hand-written catalogue, release and its files."""

    dataset: Dataset
    shapes: Shapes
    catalog: tuple[Triple, ...]
    examples: tuple[examples.Example, ...]
    release: str
    dumps: tuple[Dump, ...]


def about_itself(source: About) -> Iterator[Triple]:
    """Yield the triples of graph/catalog, each once; none stands in the content.

    Raises GraphError for an IRI under the base that nothing describes.
    """
    dataset, shapes, release = source.dataset, source.shapes, source.release
    iris, store = dataset.iris, dataset.store()
    counted = stats.count(store, iris.of("id/"))
    files = tuple(dump.file for dump in source.dumps)
    licences = [
        object_
        for subject, predicate, object_ in source.catalog
        if subject.value == iris.of("catalog#dataset") and predicate.value.endswith("/license")
    ]
    prefixes = prefixes_of(shapes)
    computed: Iterable[Triple] = (
        *catalog.catalog_triples(iris, release, files, licences),
        *void.void_triples(iris, counted, stats.linkset_sizes(store), files, release, prefixes),
        *void.example_resources(store, iris, [kind.class_ for kind in shapes.kinds]),
        *service.service_triples(iris, dict(counted.graphs), sorted(prefixes.items())),
        *examples.example_triples(iris, source.examples),
    )
    everything = dict.fromkeys((*source.catalog, *computed))
    integrity.check_catalog(everything, dataset)
    return (triple for triple in everything if triple not in dataset.found)

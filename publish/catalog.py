"""DCAT 3: the data set's description, completed with what the build knows of its files.

The hand-written part is `data/catalog.ttl`; each function here describes one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from publish import namespaces as ns
from publish.formats import RDF_FORMATS, Format, by_suffix
from publish.iris import Iris
from publish.languages import Text
from publish.manifest import File
from publish.terms import TYPE, Term, Triple, node

_GZIP = "https://www.iana.org/assignments/media-types/application/gzip"
_STABLE = "http://data.europa.eu/r5r/availability/stable"
_SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_SERVICE_TITLE = Text("SPARQL エンドポイント", "SPARQL endpoint")
_PREVIEW = Text(
    "これは手元での確認用のプレビューであり、IRIは他の計算機からは参照できない。",
    "This is a local preview; its IRIs cannot be looked up from other machines.",
)


def catalog_triples(
    iris: Iris, release: str, dumps: Iterable[File], licences: Iterable[Term]
) -> Iterator[Triple]:
    """Yield what is computed about catalogue, data set, distributions and data service."""
    catalog, dataset = node(iris.of("catalog")), node(iris.of("catalog#dataset"))
    service = node(iris.of("catalog#sparql"))
    yield catalog, TYPE, _dcat("Catalog")
    yield catalog, _dcat("dataset"), dataset
    yield catalog, _dcat("service"), service
    yield catalog, node(ns.FOAF + "primaryTopic"), dataset
    yield dataset, TYPE, _dcat("Dataset")
    yield dataset, _dcterms("conformsTo"), node(iris.of("ontology"))
    yield dataset, _dcterms("conformsTo"), node(iris.of("shapes"))
    if iris.is_preview:
        yield from _texts(dataset, node(ns.SKOS + "note"), _PREVIEW)
    yield from _service(iris, service, dataset)
    terms = list(licences)
    for file in dumps:
        yield from _distribution(iris, release, dataset, file, terms)


def _service(iris: Iris, service: ox.NamedNode, dataset: ox.NamedNode) -> Iterator[Triple]:
    yield service, TYPE, _dcat("DataService")
    yield from _texts(service, _dcterms("title"), _SERVICE_TITLE)
    yield service, _dcat("endpointURL"), node(iris.of("sparql"))
    yield service, _dcat("endpointDescription"), node(iris.of("sparql"))
    yield service, _dcat("servesDataset"), dataset
    yield service, _dcterms("conformsTo"), node(_SPARQL_PROTOCOL)


def _distribution(
    iris: Iris, release: str, dataset: ox.NamedNode, file: File, licences: list[Term]
) -> Iterator[Triple]:
    name = file.path.removeprefix("dump/")
    format_, zipped = _format(name)
    distribution = node(iris.of(f"catalog#distribution-{_slug(name)}"))
    yield dataset, _dcat("distribution"), distribution
    yield distribution, TYPE, _dcat("Distribution")
    yield from _texts(distribution, _dcterms("title"), _title(format_, zipped))
    yield distribution, _dcat("downloadURL"), node(iris.dump(release, name))
    yield distribution, _dcat("accessURL"), node(iris.of("dump"))
    yield distribution, _dcat("mediaType"), node(format_.iana)
    if zipped:
        yield distribution, _dcat("compressFormat"), node(_GZIP)
    yield distribution, _dcat("byteSize"), _size(file.size)
    yield distribution, node(ns.DCATAP + "availability"), node(_STABLE)
    yield distribution, _dcterms("conformsTo"), node(iris.of("ontology"))
    for licence in licences:
        yield distribution, _dcterms("license"), licence
    yield from _checksum(iris, distribution, name, file.sha256)


def _checksum(iris: Iris, distribution: ox.NamedNode, name: str, sha256: str) -> Iterator[Triple]:
    checksum = node(iris.of(f"catalog#checksum-{_slug(name)}"))
    yield distribution, node(ns.SPDX + "checksum"), checksum
    yield checksum, TYPE, node(ns.SPDX + "Checksum")
    yield checksum, node(ns.SPDX + "algorithm"), node(ns.SPDX + "checksumAlgorithm_sha256")
    hex_binary = node(ns.XSD + "hexBinary")
    yield checksum, node(ns.SPDX + "checksumValue"), ox.Literal(sha256, datatype=hex_binary)


def _format(name: str) -> tuple[Format, bool]:
    plain = name.removesuffix(".gz")
    found = by_suffix(plain.rpartition(".")[2], RDF_FORMATS)
    assert found is not None, name
    return found, plain != name


def _title(format_: Format, zipped: bool) -> Text:
    compressed = Text("（gzip圧縮）", " (gzip)") if zipped else Text("", "")
    return Text("{format}{zip}", "{format}{zip}").format(format=format_.label, zip=compressed)


def _slug(name: str) -> str:
    return name.replace(".", "-")


def _texts(subject: ox.NamedNode, predicate: ox.NamedNode, text: Text) -> Iterator[Triple]:
    yield subject, predicate, ox.Literal(text.ja, language="ja")
    yield subject, predicate, ox.Literal(text.en, language="en")


def _size(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=node(ns.XSD + "nonNegativeInteger"))


def _dcat(name: str) -> ox.NamedNode:
    return node(ns.DCAT + name)


def _dcterms(name: str) -> ox.NamedNode:
    return node(ns.DCTERMS + name)

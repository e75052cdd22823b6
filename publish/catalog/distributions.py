"""DCAT 3: the files of a release as distributions of the data sets, each under an IRI that stays.

The IRI of a distribution names the file, not the release, so that a harvester that comes again finds
the same distribution with another address, size and checksum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from publish.catalog import authorities
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple, node, texts, typed
from publish.release.dumps import Dump

#: What a distribution takes over from its data set.
TAKEN_OVER = tuple(
    ns.DCTERMS + name for name in ("license", "rights", "language", "issued", "modified")
)
#: What tables with metadata follow: W3C "Metadata Vocabulary for Tabular Data".
CSVW = "https://www.w3.org/TR/tabular-metadata/"
_METADATA = "csv-metadata.json"
_CONFORMS = ns.DCTERMS + "conformsTo"

_COMPRESSED = Text("{format}（{compression}）", "{format} ({compression})")
_TABLE = Text("{kind}（{format}）", "{kind} ({format})")
_FOR_EXCEL = Text("{format}、Excel用", "{format} for Excel")
_ALL = Text(
    "「{title}」の全ての記述を収めたファイル。形式は{format}。",
    "All statements of “{title}” as {format}.",
)
_ROWS = Text(
    "「{kind}」の一覧表。1行が1件に当たる。", "A table of “{kind}”, with one row for each."
)
_EXCEL = Text(
    "表計算ソフトで文字化けしないようBOMを付け、数式とみなされる文字の前に「'」を置いている。",
    "For spreadsheets: with a byte order mark, and an apostrophe before what would be taken for a formula.",
)
_PACKED = Text("{compression}。", "Compressed ({compression}).")


def distribution_iri(iris: Iris, name: str) -> ox.NamedNode:
    """Return the IRI of the distribution that a file is, the same in every release."""
    return node(iris.of(f"catalog#distribution-{_slug(name)}"))


def distribution_triples(
    iris: Iris, release: str, dump: Dump, title: Text, taken_over: Mapping[str, Iterable[Term]]
) -> Iterator[Triple]:
    """Yield what a file is, with what it takes over from its data set, whose title is given.

    The vocabularies (`dcterms:conformsTo`) are those of files with statements, not of tables.
    """
    distribution = distribution_iri(iris, dump.name)
    yield node(dump.part.iri), _dcat("distribution"), distribution
    yield distribution, TYPE, _dcat("Distribution")
    yield from texts(distribution, ns.DCTERMS + "title", name_of(dump))
    yield from texts(distribution, ns.DCTERMS + "description", _description(dump, title))
    yield distribution, _dcat("downloadURL"), node(iris.dump(release, dump.name))
    yield distribution, _dcat("accessURL"), node(iris.of("dump"))
    yield from _form(dump, distribution)
    yield distribution, node(ns.DCATAP + "availability"), node(authorities.STABLE)
    yield distribution, node(ns.ADMS + "status"), node(authorities.COMPLETED)
    yield from _rules(iris, release, dump, distribution, taken_over.get(_CONFORMS, ()))
    for predicate in TAKEN_OVER:
        for term in taken_over[predicate]:
            yield distribution, node(predicate), term
    yield from _checksum(iris, distribution, dump)


def name_of(dump: Dump) -> Text:
    """Return what a file is called among those of its data set."""
    name = dump.format.label
    if dump.kind:
        name = _FOR_EXCEL.format(format=name) if dump.for_excel else name
        name = _TABLE.format(kind=dump.kind.label, format=name)
    if dump.compression:
        name = _COMPRESSED.format(format=name, compression=dump.compression.label)
    return name


def _description(dump: Dump, title: Text) -> Text:
    """Return a sentence or two on what the file holds."""
    if dump.kind:
        said = [_ROWS.format(kind=dump.kind.label)]
    else:
        said = [_ALL.format(title=title, format=dump.format.label)]
    if dump.for_excel:
        said.append(_EXCEL)
    if dump.compression:
        said.append(_PACKED.format(compression=dump.compression.label))
    return Text("".join(one.ja for one in said), " ".join(one.en for one in said))


def _form(dump: Dump, distribution: ox.NamedNode) -> Iterator[Triple]:
    yield distribution, _dcat("mediaType"), node(dump.format.iana)
    yield distribution, node(ns.DCTERMS + "format"), node(authorities.file_type(dump.format))
    if dump.compression:
        yield distribution, _dcat("compressFormat"), node(dump.compression.iana)
    yield distribution, _dcat("byteSize"), typed(dump.file.size, "nonNegativeInteger")


def _rules(
    iris: Iris,
    release: str,
    dump: Dump,
    distribution: ox.NamedNode,
    vocabularies: Iterable[Term],
) -> Iterator[Triple]:
    """Yield what the file conforms to. A table for Excel differs from what its metadata says."""
    conforms = node(_CONFORMS)
    if dump.kind is None:
        for vocabulary in vocabularies:
            yield distribution, conforms, vocabulary
        yield distribution, conforms, node(iris.of("shapes"))
    elif not dump.for_excel:
        metadata = node(iris.dump(release, f"{dump.kind.segment}.{_METADATA}"))
        yield distribution, conforms, node(CSVW)
        yield distribution, node(ns.WDRS + "describedby"), metadata


def _checksum(iris: Iris, distribution: ox.NamedNode, dump: Dump) -> Iterator[Triple]:
    checksum = node(iris.of(f"catalog#checksum-{_slug(dump.name)}"))
    yield distribution, node(ns.SPDX + "checksum"), checksum
    yield from checksum_triples(checksum, dump.file.sha256)


def checksum_triples(checksum: ox.NamedNode, sha256: str) -> Iterator[Triple]:
    """Yield a checksum by SHA-256."""
    yield checksum, TYPE, node(ns.SPDX + "Checksum")
    yield checksum, node(ns.SPDX + "algorithm"), node(authorities.SHA256)
    yield checksum, node(ns.SPDX + "checksumValue"), typed(sha256, "hexBinary")


def _slug(name: str) -> str:
    return name.replace(".", "-")


def _dcat(name: str) -> ox.NamedNode:
    return node(ns.DCAT + name)

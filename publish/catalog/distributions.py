"""DCAT 3: the files of a release as distributions of the data sets, each under an IRI that stays.

The IRI of a distribution names the file, not the release, so that a harvester that comes again finds
the same distribution with another address, size and checksum.

Values that catalogues share (authority tables of the EU, lists of ADMS, media types of IANA) are
described in the catalogue itself: their kind, the table they are from, and, of those that the program
chooses, their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from publish.formats import Format
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple, node, texts, typed
from publish.release.dumps import Dump

EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"
IANA = "https://www.iana.org/assignments/media-types/"

#: Under one address for good, and finished: so are all files of a release.
STABLE = f"{EU}planned-availability/STABLE"
COMPLETED = f"{EU}distribution-status/COMPLETED"
THEMES = f"{EU}data-theme"
SHA256 = ns.SPDX + "checksumAlgorithm_sha256"

#: Suffix of a format -> code and name in the EU's table of file types.
_FILE_TYPES = {
    "ttl": ("RDF_TURTLE", "RDF Turtle"),
    "jsonld": ("JSON_LD", "JSON-LD"),
    "rdf": ("RDF_XML", "RDF/XML"),
    "nt": ("RDF_N_TRIPLES", "RDF N-Triples"),
    "trig": ("RDF_TRIG", "RDF TriG"),
    "nq": ("RDF_N_QUADS", "RDF N-Quads"),
    "csv": ("CSV", "CSV"),
    "tsv": ("TSV", "TSV"),
    "json": ("JSON", "JSON"),
    "xml": ("XML", "XML"),
}
_NAMES = {
    STABLE: Text("安定して提供", "stable"),
    COMPLETED: Text("完成", "completed"),
    **{f"{EU}file-type/{code}": Text(name, name) for code, name in _FILE_TYPES.values()},
}
_EU_TABLES = {
    "access-right": Text("公開範囲", "Access right"),
    "country": Text("国・地域", "Country"),
    "data-theme": Text("データの分野", "Data theme"),
    "dataset-type": Text("データセットの種類", "Dataset type"),
    "distribution-status": Text("配布物の状態", "Distribution status"),
    "file-type": Text("ファイル形式", "File type"),
    "frequency": Text("更新頻度", "Frequency"),
    "language": Text("言語", "Language"),
    "planned-availability": Text("提供の見通し", "Planned availability"),
}
_OF_EU = Text("{name}（EUのコード表）", "{name} (EU authority table)")
_SCHEMES = {
    **{f"{EU}{table}": _OF_EU.format(name=name) for table, name in _EU_TABLES.items()},
    f"{_ADMS}licencetype/1.0": Text("利用許諾の種類（ADMS）", "Licence type (ADMS)"),
    f"{_ADMS}publishertype/1.0": Text("公開者の種類（ADMS）", "Publisher type (ADMS)"),
}


def file_type(format_: Format) -> str:
    """Return the IRI of a format in the EU's table of file types."""
    return f"{EU}file-type/{_FILE_TYPES[format_.suffix][0]}"


def described(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield what is known of the shared values that statements refer to, in a fixed order."""
    values = {object_ for _, _, object_ in triples if isinstance(object_, ox.NamedNode)}
    schemes = {_scheme(value.value) or value.value for value in values}
    for value in sorted(values, key=str):
        yield from _value(value)
    for scheme in sorted(schemes & _SCHEMES.keys()):
        yield node(scheme), TYPE, node(ns.SKOS + "ConceptScheme")
        yield from texts(node(scheme), ns.DCTERMS + "title", _SCHEMES[scheme])


def _value(value: ox.NamedNode) -> Iterator[Triple]:
    iri = value.value
    if iri.startswith(IANA):
        yield value, TYPE, node(ns.DCTERMS + "MediaType")
        # catalogues that show labels for IRIs then show, and recognise, the type itself
        yield value, node(ns.RDFS + "label"), ox.Literal(iri.removeprefix(IANA))
    if iri.startswith(f"{EU}file-type/"):
        yield value, TYPE, node(ns.DCTERMS + "MediaTypeOrExtent")
    if iri == SHA256:
        yield value, TYPE, node(ns.SPDX + "ChecksumAlgorithm")
    scheme = _scheme(iri)
    if scheme:
        yield value, TYPE, node(ns.SKOS + "Concept")
        yield value, node(ns.SKOS + "inScheme"), node(scheme)
    if iri in _NAMES:
        yield from texts(value, ns.SKOS + "prefLabel", _NAMES[iri])


def _scheme(iri: str) -> str | None:
    """Return the table that a value is from, as the IRI of the value tells."""
    for space, version in ((EU, ""), (_ADMS, "/1.0")):
        table, _, code = iri.removeprefix(space).partition("/")
        scheme = f"{space}{table}{version}"
        if iri.startswith(space) and code and iri != scheme:
            return scheme
    return None


# -- Distributions --------------------------------------------------------------------------------

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
    yield distribution, node(ns.DCATAP + "availability"), node(STABLE)
    yield distribution, node(ns.ADMS + "status"), node(COMPLETED)
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
    yield distribution, node(ns.DCTERMS + "format"), node(file_type(dump.format))
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
    yield checksum, node(ns.SPDX + "algorithm"), node(SHA256)
    yield checksum, node(ns.SPDX + "checksumValue"), typed(sha256, "hexBinary")


def _slug(name: str) -> str:
    return name.replace(".", "-")


def _dcat(name: str) -> ox.NamedNode:
    return node(ns.DCAT + name)

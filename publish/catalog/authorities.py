"""Values that catalogues share: authority tables of the EU, lists of ADMS, media types of IANA.

A harvester finds each value that is referred to described in the catalogue itself: its kind, the
table it is from, and, of those that the program chooses, its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from publish.formats import Format
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node, texts

_EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"
_IANA = "https://www.iana.org/assignments/media-types/"

#: Under one address for good, and finished: so are all files of a release.
STABLE = f"{_EU}planned-availability/STABLE"
COMPLETED = f"{_EU}distribution-status/COMPLETED"
THEMES = f"{_EU}data-theme"
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
    **{f"{_EU}file-type/{code}": Text(name, name) for code, name in _FILE_TYPES.values()},
}
_SCHEMES = {
    f"{_EU}access-right": Text("公開範囲（EUのコード表）", "Access right (EU authority table)"),
    f"{_EU}country": Text("国・地域（EUのコード表）", "Country (EU authority table)"),
    THEMES: Text("データの分野（EUのコード表）", "Data theme (EU authority table)"),
    f"{_EU}dataset-type": Text(
        "データセットの種類（EUのコード表）", "Dataset type (EU authority table)"
    ),
    f"{_EU}distribution-status": Text(
        "配布物の状態（EUのコード表）", "Distribution status (EU authority table)"
    ),
    f"{_EU}file-type": Text("ファイル形式（EUのコード表）", "File type (EU authority table)"),
    f"{_EU}frequency": Text("更新頻度（EUのコード表）", "Frequency (EU authority table)"),
    f"{_EU}language": Text("言語（EUのコード表）", "Language (EU authority table)"),
    f"{_EU}planned-availability": Text(
        "提供の見通し（EUのコード表）", "Planned availability (EU authority table)"
    ),
    f"{_ADMS}licencetype/1.0": Text("利用許諾の種類（ADMS）", "Licence type (ADMS)"),
    f"{_ADMS}publishertype/1.0": Text("公開者の種類（ADMS）", "Publisher type (ADMS)"),
}


def file_type(format_: Format) -> str:
    """Return the IRI of a format in the EU's table of file types."""
    return f"{_EU}file-type/{_FILE_TYPES[format_.suffix][0]}"


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
    if iri.startswith(_IANA):
        yield value, TYPE, node(ns.DCTERMS + "MediaType")
        # catalogues that show labels for IRIs then show, and recognise, the type itself
        yield value, node(ns.RDFS + "label"), ox.Literal(iri.removeprefix(_IANA))
    if iri.startswith(f"{_EU}file-type/"):
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
    for space, version in ((_EU, ""), (_ADMS, "/1.0")):
        table, _, code = iri.removeprefix(space).partition("/")
        scheme = f"{space}{table}{version}"
        if iri.startswith(space) and code and iri != scheme:
            return scheme
    return None

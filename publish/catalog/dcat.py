"""DCAT 3 and DCAT-AP 3: catalogue, data sets and services, made from what is written by hand.

`data/catalog.ttl` says what a person must say; here it is completed with what the build knows. A part
takes over from the whole what nobody wrote for it. Date and version are said of whole and parts as
long as the content has the hash that they were stamped for, and of nothing else: a change of the
program, of the shapes or of this description moves no date.

Where a data set is about is told by the bounds of its place, and of everything the content says to lie
in it. Coordinates are longitude and latitude (CRS84, the default of GeoSPARQL 1.1, section 8.5.1);
bounds that would cross the 180th meridian come out as those of the rest of the world.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pyoxigraph as ox

from publish.browse.describe import exists
from publish.catalog import distributions
from publish.catalog.distributions import CSVW, TAKEN_OVER, checksum_triples, distribution_triples
from publish.formats import JSON, RDF_FORMATS, RDFXML, RESULT_FORMATS, Format
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple, node, texts, triples
from publish.rdf.wkt import positions
from publish.release.dumps import Dump
from publish.release.parts import Part

SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
#: The specification of the version that its clients speak.
RECONCILIATION = "https://reconciliation-api.github.io/specs/0.2/"
CKAN_API = "https://docs.ckan.org/en/latest/api/"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A way for programs to ask: where, by which rules, in which formats."""

    name: str
    title: Text
    description: Text
    #: address of the endpoint, relative to the base
    path: str
    #: where the endpoint is described; None: at its own address
    described: str | None
    standard: str
    formats: tuple[Format, ...]
    keywords: tuple[Text, ...]


_API = Text("API", "API")
ENDPOINTS = (
    Endpoint(
        "sparql",
        Text("SPARQL エンドポイント", "SPARQL endpoint"),
        Text(
            "SPARQL 1.1 による照会を受け付ける。全てのデータセットを対象とし、更新は受け付けない。",
            "Answers SPARQL 1.1 queries over all data sets. Updates are refused.",
        ),
        "sparql",
        None,
        SPARQL_PROTOCOL,
        (*RESULT_FORMATS, *RDF_FORMATS),
        (Text("SPARQL", "SPARQL"), _API),
    ),
    Endpoint(
        "ckan",
        Text("CKAN API（参照のみ）", "CKAN API (read-only)"),
        Text(
            "データカタログをCKANのAction APIと同じ形のJSONで返す。参照のみで、登録や変更は受け付けない。",
            "Gives the catalogue as JSON in the form of CKAN's Action API. It is read-only.",
        ),
        "api/3/",
        CKAN_API,
        CKAN_API,
        (JSON,),
        (Text("CKAN", "CKAN"), _API),
    ),
    Endpoint(
        "reconcile",
        Text("名寄せの窓口（Reconciliation Service API）", "Reconciliation service"),
        Text(
            "手元の表にある名称やコードが、このデータのどれに当たるかを、点数と理由を付けて返す。"
            "OpenRefineなどのソフトから使える。",
            "Tells which things of these data the names and codes in a table mean, with scores and "
            "reasons. It can be used from OpenRefine and other software.",
        ),
        "reconcile",
        None,
        RECONCILIATION,
        (JSON,),
        (Text("名寄せ", "reconciliation"), _API),
    ),
)


# -- Where a data set is about --------------------------------------------------------------------

_GEOMETRY = (ns.GEO + "hasDefaultGeometry", ns.GEO + "hasGeometry")

Position = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Bounds:
    """West, south, east and north, in degrees."""

    west: Decimal
    south: Decimal
    east: Decimal
    north: Decimal

    @property
    def box(self) -> str:
        """Return the rectangle as WKT, anticlockwise from its south-western corner."""
        west, south, east, north = self.west, self.south, self.east, self.north
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        return f"POLYGON(({','.join(f'{x} {y}' for x, y in corners)}))"

    @property
    def centre(self) -> str:
        """Return the centre of the rectangle as WKT."""
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return f"POINT({x.normalize():f} {y.normalize():f})"


def bounds(store: ox.Store, place: str) -> Bounds | None:
    """Return the bounds of a place, or None if the content has no coordinates for it."""
    found = [
        position for member in _members(store, place) for position in _positions(store, member)
    ]
    if not found:
        return None
    east_west, south_north = [x for x, _ in found], [y for _, y in found]
    return Bounds(min(east_west), min(south_north), max(east_west), max(south_north))


def extent_triples(place: ox.NamedNode, found: Bounds) -> Iterator[Triple]:
    """Yield the bounds of a place as DCAT has them."""
    literal = node(ns.GEO + "wktLiteral")
    # no `locn:geometry`: DCAT-AP 3 wants that to be a thing, not a literal
    yield place, node(ns.DCAT + "bbox"), ox.Literal(found.box, datatype=literal)
    yield place, node(ns.DCAT + "centroid"), ox.Literal(found.centre, datatype=literal)


def _members(store: ox.Store, place: str) -> set[ox.NamedNode]:
    whole = node(place)
    parts = {part for _, _, part in triples(store, whole, node(ns.GEO + "sfContains"))}
    within = {part for part, _, _ in triples(store, None, node(ns.GEO + "sfWithin"), whole)}
    return {whole, *(part for part in parts if isinstance(part, ox.NamedNode)), *within}


def _positions(store: ox.Store, member: ox.NamedNode) -> Iterator[Position]:
    for predicate in _GEOMETRY:
        for _, _, geometry in triples(store, member, node(predicate)):
            if isinstance(geometry, ox.NamedNode):
                for _, _, text in triples(store, geometry, node(ns.GEO + "asWKT")):
                    yield from positions(text.value)
    for (_, _, x), (_, _, y) in zip(
        triples(store, member, node(ns.WGS + "long")),
        triples(store, member, node(ns.WGS + "lat")),
        strict=False,
    ):
        yield Decimal(x.value), Decimal(y.value)


# -- Catalogue, data sets and services ------------------------------------------------------------

_MODIFIED, _ISSUED = ns.DCTERMS + "modified", ns.DCTERMS + "issued"
_VERSION, _NOTES = ns.DCAT + "version", ns.ADMS + "versionNotes"
_RIGHTS = ns.DCTERMS + "rights"
_TITLE, _DESCRIPTION = ns.DCTERMS + "title", ns.DCTERMS + "description"
_CONFORMS = ns.DCTERMS + "conformsTo"
#: What a part takes over from the whole, each property as long as nothing is written for the part.
_OF_THE_WHOLE = (
    *(
        ns.DCTERMS + name
        for name in (
            "publisher", "license", "rights", "accessRights", "accrualPeriodicity", "language",
            "spatial", "temporal", "issued", "modified",
        )
    ),
    *(ns.DCAT + name for name in ("contactPoint", "theme", "keyword", "landingPage", "version")),
    _NOTES,
    ns.FOAF + "page",
)  # fmt: skip
_OF_A_SERVICE = (
    *(ns.DCTERMS + name for name in ("publisher", "license", "accessRights")),
    *(ns.DCAT + name for name in ("contactPoint", "theme", "landingPage")),
)
_STANDARDS = {
    SPARQL_PROTOCOL: Text("SPARQL 1.1 プロトコル", "SPARQL 1.1 Protocol"),
    CKAN_API: Text("CKAN Action API", "CKAN Action API"),
    RECONCILIATION: Text("Reconciliation Service API 0.2", "Reconciliation Service API 0.2"),
    CSVW: Text(
        "表形式データのメタデータ語彙（CSVW）", "Metadata Vocabulary for Tabular Data (CSVW)"
    ),
}
_SHAPES = Text("データの規則（SHACL）", "Rules for the data (SHACL)")
_PREVIEW = Text(
    "これは手元での確認用のプレビューであり、IRIは他の計算機からは参照できない。",
    "This is a local preview; its IRIs cannot be looked up from other machines.",
)
_NO_RDF_XML = Text(
    "RDF/XMLのファイルはない。XMLの名前にならないプロパティがあり、RDF/XMLでは書けないためである。"
    "ほかの形式のファイルに全ての記述がある。",
    "There is no RDF/XML file: a property has a name that is none in XML, so that RDF/XML cannot "
    "express it. The files in other formats have all statements.",
)


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue is made from: the release, its data sets and files, and what is written.

    `content_hash` is that of the content as it is now.
    """

    iris: Iris
    release: str
    content_hash: str
    parts: Sequence[Part]
    dumps: Sequence[Dump]
    written: Sequence[Triple]
    #: the IRIs of the ontologies that the content uses, each with its titles
    vocabularies: Mapping[str, Sequence[ox.Literal]]

    @property
    def whole(self) -> Part:
        """Return the data set that has all statements."""
        return self.parts[0]

    @cached_property
    def _content(self) -> ox.NamedNode:
        return node(self.iris.of("catalog#content"))

    @cached_property
    def kept(self) -> tuple[Triple, ...]:
        """Return what is written by hand and true of this content.

        The hash is replaced by that of the content; unless they agree, date and version fall away.
        """
        hashed = (self._content, node(ns.SPDX + "checksumValue"))
        stamp = next((t[2].value for t in self.written if t[:2] == hashed), None)
        dropped = [hashed]
        if stamp != self.content_hash:
            whole = node(self.whole.iri)
            dropped += [(whole, node(name)) for name in (_MODIFIED, _VERSION, _NOTES)]
        return tuple(triple for triple in self.written if triple[:2] not in dropped)

    @cached_property
    def _values(self) -> dict[tuple[str, str], tuple[Term, ...]]:
        found: dict[tuple[str, str], tuple[Term, ...]] = {}
        for subject, predicate, object_ in self.kept:
            place = (subject.value, predicate.value)
            found[place] = (*found.get(place, ()), object_)
        return found

    def values(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Return what is written of something, in the order of the file."""
        return self._values.get((subject, predicate), ())

    def of_part(self, part: Part, predicate: str) -> tuple[Term, ...]:
        """Return what is said of a data set: what is written for it, else what the whole has."""
        own = self.values(part.iri, predicate)
        return own or (self.values(self.whole.iri, predicate) if predicate in _OF_THE_WHOLE else ())

    def text(self, subject: str, predicate: str) -> Text:
        """Return a text that is written of something; what it lacks in a language is empty."""
        said = {
            term.language: term.value
            for term in self.values(subject, predicate)
            if isinstance(term, ox.Literal)
        }
        return Text(said.get("ja", ""), said.get("en", ""))

    def triples(self) -> Iterator[Triple]:
        """Yield the whole description, what is written by hand first. Some triples come twice."""
        made = [*self.kept, *self._made()]
        yield from made
        yield from distributions.described(made)

    def _made(self) -> Iterator[Triple]:
        yield from self._catalog()
        for part in self.parts:
            yield from self._dataset(part)
        for dump in self.dumps:
            title = self.text(dump.part.iri, _TITLE)
            taken = {name: self._of_files(dump.part, name) for name in TAKEN_OVER}
            taken[_CONFORMS] = tuple(map(node, self.vocabularies))
            yield from distribution_triples(self.iris, self.release, dump, title, taken)
        for service in ENDPOINTS:
            yield from self._service(service)
        yield from self._standards()

    def _catalog(self) -> Iterator[Triple]:
        catalog, whole = node(self.iris.of("catalog")), node(self.whole.iri)
        yield catalog, TYPE, _dcat("Catalog")
        yield catalog, node(ns.FOAF + "primaryTopic"), whole
        yield catalog, _dcat("themeTaxonomy"), node(distributions.THEMES)
        for part in self.parts:
            yield catalog, _dcat("dataset"), node(part.iri)
        for service in ENDPOINTS:
            yield catalog, _dcat("service"), node(self.iris.of(f"catalog#{service.name}"))
        for predicate in (_ISSUED, _MODIFIED):
            if not self.values(catalog.value, predicate):
                for term in self.values(self.whole.iri, predicate):
                    yield catalog, node(predicate), term

    def _dataset(self, part: Part) -> Iterator[Triple]:
        dataset, whole = node(part.iri), node(self.whole.iri)
        yield dataset, TYPE, _dcat("Dataset")
        for vocabulary in self.vocabularies:
            yield dataset, node(_CONFORMS), node(vocabulary)
        yield dataset, node(_CONFORMS), node(self.iris.of("shapes"))
        yield from self._rights(part)
        forms = {dump.format for dump in self.dumps if dump.part == part and dump.kind is None}
        if forms and RDFXML not in forms:
            yield from texts(dataset, ns.SKOS + "note", _NO_RDF_XML)
        if part.is_whole:
            yield dataset, node(ns.SPDX + "checksum"), self._content
            yield from checksum_triples(self._content, self.content_hash)
            if self.iris.is_preview:
                yield from texts(dataset, ns.SKOS + "note", _PREVIEW)
            return
        yield whole, node(ns.DCTERMS + "hasPart"), dataset
        yield dataset, node(ns.DCTERMS + "isPartOf"), whole
        for predicate in _OF_THE_WHOLE:
            for term in self.of_part(part, predicate):
                yield dataset, node(predicate), term

    def _of_files(self, part: Part, predicate: str) -> tuple[Term, ...]:
        rights = self.of_part(part, _RIGHTS)
        if predicate == _RIGHTS and len(rights) > 1:
            return (self._joint_rights(part),)
        return self.of_part(part, predicate)

    def _joint_rights(self, part: Part) -> ox.NamedNode:
        return node(self.iris.of(f"catalog#rights-of-{part.name}"))

    def _rights(self, part: Part) -> Iterator[Triple]:
        """Yield the conditions of a data set as one, for its files may have only one (DCAT-AP)."""
        single = [term.value for term in self.of_part(part, _RIGHTS)]
        if len(single) > 1:
            said = [self.text(iri, ns.RDFS + "label") for iri in single]
            joint = Text("".join(one.ja for one in said), " ".join(one.en for one in said))
            yield self._joint_rights(part), TYPE, node(ns.DCTERMS + "RightsStatement")
            yield from texts(self._joint_rights(part), ns.RDFS + "label", joint)

    def _service(self, about: Endpoint) -> Iterator[Triple]:
        service, endpoint = node(self.iris.of(f"catalog#{about.name}")), self.iris.of(about.path)
        yield service, TYPE, _dcat("DataService")
        yield service, node(ns.DCTERMS + "identifier"), ox.Literal(about.name)
        yield from texts(service, _TITLE, about.title)
        yield from texts(service, _DESCRIPTION, about.description)
        yield service, _dcat("endpointURL"), node(endpoint)
        yield service, _dcat("endpointDescription"), node(about.described or endpoint)
        yield service, node(_CONFORMS), node(about.standard)
        for keyword in about.keywords:
            yield from texts(service, ns.DCAT + "keyword", keyword)
        for format_ in about.formats:
            yield service, node(ns.DCTERMS + "format"), node(distributions.file_type(format_))
        for part in self.parts:
            yield service, _dcat("servesDataset"), node(part.iri)
        for predicate in _OF_A_SERVICE:
            for term in self.values(self.whole.iri, predicate):
                yield service, node(predicate), term

    def _standards(self) -> Iterator[Triple]:
        """Yield the rules that data sets, files and services follow, by name."""
        standard = node(ns.DCTERMS + "Standard")
        for iri, title in _STANDARDS.items():
            yield node(iri), TYPE, standard
            yield from texts(node(iri), _TITLE, title)
        for vocabulary, titles in self.vocabularies.items():
            yield node(vocabulary), TYPE, standard
            for title_ in titles:
                yield node(vocabulary), node(_TITLE), title_
        yield node(self.iris.of("shapes")), TYPE, standard
        yield from texts(node(self.iris.of("shapes")), _TITLE, _SHAPES)


def places(catalogue: Catalogue, store: ox.Store) -> Iterator[Triple]:
    """Yield the bounds of the places that data sets are about, unless they are written by hand.

    They come from the coordinates of the content, which `store` holds.
    """
    spatial = node(ns.DCTERMS + "spatial")
    found = (o.value for _, p, o in catalogue.kept if p == spatial and isinstance(o, ox.NamedNode))
    for place in dict.fromkeys(found):
        if catalogue.iris.relative(place) is not None and not exists(store, place):
            continue  # whoever checks the catalogue will report it
        yield node(place), TYPE, node(ns.DCTERMS + "Location")
        known = bounds(store, place)
        if known and not catalogue.values(place, ns.DCAT + "bbox"):
            yield from extent_triples(node(place), known)


def _dcat(name: str) -> ox.NamedNode:
    return node(ns.DCAT + name)

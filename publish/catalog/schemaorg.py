"""The data sets in the words of schema.org, as search engines for data read them.

Made from the catalogue, in one language at a time: a page carries the description in its own. The
properties are those that Google's guide to structured data for data sets asks for or recommends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from publish.catalog.distributions import EU, IANA
from publish.i18n import LANGUAGES, Language
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term, narrowed

Json = dict[str, Any]
#: Fewer or more characters of a description are not accepted.
SHORTEST, LONGEST = 50, 5000
_TAGS = {f"{EU}language/JPN": "ja", f"{EU}language/ENG": "en"}
_POSITION = re.compile(r"([-+.0-9]+) ([-+.0-9]+)")


@dataclass(frozen=True)
class Described:
    """What the catalogue says, by subject and property, read in a language."""

    iris: Iris
    language: Language
    said: dict[tuple[str, str], list[Term]]

    @classmethod
    def by(cls, quads: Iterable[ox.Quad], iris: Iris, language: Language) -> Described:
        """Return the statements of a catalogue, ready to be read."""
        said: dict[tuple[str, str], list[Term]] = {}
        for subject, predicate, object_ in sorted({narrowed(quad) for quad in quads}, key=str):
            said.setdefault((subject.value, predicate.value), []).append(object_)
        return cls(iris, language, said)

    def iris_of(self, subject: str, predicate: str) -> list[str]:
        """Return the IRIs that are values of a property."""
        found = self.said.get((subject, predicate), [])
        return [term.value for term in found if isinstance(term, ox.NamedNode)]

    def iri_of(self, subject: str, predicate: str) -> str | None:
        """Return the first such IRI, or None."""
        return next(iter(self.iris_of(subject, predicate)), None)

    def texts(self, subject: str, *predicates: str) -> list[str]:
        """Return texts in the language, else in another; those without a language too."""
        terms = [t for p in predicates for t in self.said.get((subject, p), [])]
        literals = [term for term in terms if isinstance(term, ox.Literal)]
        wanted = [one.value for one in literals if one.language in (None, self.language)]
        known = [one.value for one in literals if one.language in LANGUAGES]
        return list(dict.fromkeys(wanted or known))

    def text(self, subject: str, *predicates: str) -> str | None:
        """Return the first such text, or None."""
        return next(iter(self.texts(subject, *predicates)), None)


def data_set(described: Described) -> Json:
    """Return the whole data set with its files, and its parts, whose files the catalogue has."""
    whole = described.iris.of("catalog#dataset")
    parts = described.iris_of(whole, ns.DCTERMS + "hasPart")
    made = _data_set(described, whole) | _given(distribution=list(_downloads(described, whole)))
    has_part = [_after(made, _data_set(described, part)) for part in parts]
    return {"@context": "https://schema.org/"} | made | _given(hasPart=has_part)


def landing_pages(quads: Iterable[ox.Quad], iris: Iris) -> dict[str, list[str]]:
    """Return the parts of the data set by the page that each has for itself."""
    whole, found = iris.of("catalog#dataset"), dict[str, list[str]]()
    said = {quad for quad in quads if quad.predicate.value == ns.DCAT + "landingPage"}
    pages = sorted((s.value, o.value) for s, _, o in map(narrowed, said))
    of_whole = {page for dataset, page in pages if dataset == whole}
    for dataset, page in pages:
        if dataset.startswith(f"{whole}-") and page not in of_whole:
            found.setdefault(page, []).append(dataset)
    return found


def part(described: Described, dataset: str) -> Json:
    """Return a part of the data set, whose files the catalogue has, and the whole by its name."""
    about = _data_set(described, described.iris.of("catalog#dataset"))
    is_part_of = {name: about[name] for name in ("@type", "@id", "name", "url") if name in about}
    return (
        {"@context": "https://schema.org/"}
        | _data_set(described, dataset)
        | {"isPartOf": is_part_of}
    )


def _after(whole: Json, part: Json) -> Json:
    """Return a part that names by its IRI alone what the whole has described already."""
    return {
        name: {key: value[key] for key in ("@type", "@id")}
        if isinstance(value, dict) and value == whole.get(name)
        else value
        for name, value in part.items()
    }


def _data_set(described: Described, dataset: str) -> Json:
    text, iris = described.text, described.iris_of
    description = text(dataset, ns.DCTERMS + "description") or ""
    return {"@type": "Dataset", "@id": dataset} | _given(
        name=text(dataset, ns.DCTERMS + "title"),
        description=_of_length(described, dataset, description),
        url=described.iri_of(dataset, ns.DCAT + "landingPage") or dataset,
        identifier=[dataset, *described.texts(dataset, ns.DCTERMS + "identifier")],
        license=described.iri_of(dataset, ns.DCTERMS + "license"),
        creator=_agents(described, dataset),
        publisher=_agents(described, dataset),
        keywords=described.texts(dataset, ns.DCAT + "keyword"),
        inLanguage=[_TAGS[iri] for iri in iris(dataset, ns.DCTERMS + "language") if iri in _TAGS],
        version=text(dataset, ns.DCAT + "version"),
        datePublished=text(dataset, ns.DCTERMS + "issued"),
        dateModified=text(dataset, ns.DCTERMS + "modified"),
        temporalCoverage=_temporal(described, dataset),
        spatialCoverage=[_place(described, iri) for iri in iris(dataset, ns.DCTERMS + "spatial")],
        isAccessibleForFree=True,
        includedInDataCatalog=_catalog(described),
    )


def _of_length(described: Described, dataset: str, description: str) -> str:
    """Return a description that is long enough to be accepted, and not too long."""
    if len(description) < SHORTEST:
        more = described.texts(described.iris.of("catalog"), ns.DCTERMS + "description")
        about = described.texts(dataset, ns.DCTERMS + "title", ns.DCAT + "keyword")
        description = " ".join([description, *about, *more])
    return description[:LONGEST]


def _catalog(described: Described) -> Json:
    catalog = described.iris.of("catalog")
    name = described.text(catalog, ns.DCTERMS + "title")
    return {"@type": "DataCatalog", "@id": catalog, "url": catalog} | _given(name=name)


def _agents(described: Described, dataset: str) -> list[Json]:
    return [
        {"@type": "Organization", "@id": iri}
        | _given(
            name=described.text(iri, ns.FOAF + "name", ns.SKOS + "prefLabel"),
            url=described.iri_of(iri, ns.FOAF + "homepage"),
        )
        for iri in described.iris_of(dataset, ns.DCTERMS + "publisher")
    ]


def _temporal(described: Described, dataset: str) -> list[str]:
    """Return periods as ISO 8601 writes them, an open end as two dots."""
    return [
        "/".join(
            described.text(period, ns.DCAT + name) or ".." for name in ("startDate", "endDate")
        )
        for period in described.iris_of(dataset, ns.DCTERMS + "temporal")
    ]


def _place(described: Described, place: str) -> Json:
    names = described.texts(place, ns.SKOS + "prefLabel", ns.RDFS + "label")
    same = described.iris_of(place, ns.SKOS + "exactMatch")
    box = described.text(place, ns.DCAT + "bbox")
    return {"@type": "Place", "@id": place} | _given(
        name=next(iter(names), None), sameAs=same, geo=_shape(box) if box else None
    )


def _shape(wkt: str) -> Json | None:
    """Return the box of a WKT rectangle as schema.org writes it: latitude before longitude."""
    corners = [(float(x), float(y), f"{y} {x}") for x, y in _POSITION.findall(wkt)]
    if not corners:
        return None
    return {"@type": "GeoShape", "box": f"{min(corners)[2]} {max(corners)[2]}"}


def _downloads(described: Described, dataset: str) -> Iterator[Json]:
    """Yield the files of a data set, not those that are the same but compressed."""
    for iri in described.iris_of(dataset, ns.DCAT + "distribution"):
        if described.iris_of(iri, ns.DCAT + "compressFormat"):
            continue
        media_type = described.iri_of(iri, ns.DCAT + "mediaType")
        checksum = described.iri_of(iri, ns.SPDX + "checksum")
        yield {"@type": "DataDownload", "@id": iri} | _given(
            name=described.text(iri, ns.DCTERMS + "title"),
            contentUrl=described.iri_of(iri, ns.DCAT + "downloadURL"),
            encodingFormat=media_type.removeprefix(IANA) if media_type else None,
            contentSize=described.text(iri, ns.DCAT + "byteSize"),
            sha256=described.text(checksum, ns.SPDX + "checksumValue") if checksum else None,
        )


def _given(**members: Any) -> Json:
    """Return the members that have a value; a list of one as its only value."""
    found = {name: value for name, value in members.items() if value not in (None, "", [])}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in found.items()
    }

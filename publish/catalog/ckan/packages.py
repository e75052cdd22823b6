"""graph/catalog in CKAN's words: data sets as packages, distributions as resources.

The members are those of CKAN's action API (https://docs.ckan.org/en/2.11/api/); what CKAN has no
member for stands in `extras` under the names that ckanext-dcat gives. Identifiers are made from
IRIs (UUID version 5), so they are the same in every release.

What is stated of one thing, read for other formats: texts, values, and what they lead to.

What CKAN's packages have no member for, as `extras`: keys and texts, named as ckanext-dcat does.

Several values of one property stand in one text, as a JSON array. Geometries are told as GeoJSON
(RFC 7946), which CKAN's maps read.

A distribution as CKAN's resource: where the file is, its form, size and checksum.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyoxigraph as ox

from publish import formats
from publish.browse.labels import Labels
from publish.catalog.ckan.licenses import licence_of
from publish.i18n import LANGUAGES
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples
from publish.rdf.wkt import geojson

_LABELS = (ns.RDFS + "label", ns.SKOS + "prefLabel", ns.DCTERMS + "title", ns.FOAF + "name")


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing by its IRI, with the statements in which it is the subject."""

    labels: Labels
    iri: str

    def texts(self, predicate: str) -> dict[str, str]:
        """Return its texts by language, Japanese and English first; one without language as ""."""
        found: dict[str, str] = {}
        for term in self.labels.values(self.iri, predicate):
            if isinstance(term, ox.Literal):
                found.setdefault(term.language or "", term.value)
        order = [language for language in LANGUAGES if language in found]
        return {language: found[language] for language in dict.fromkeys((*order, *found))}

    def text(self, predicate: str) -> str | None:
        """Return its text in Japanese, else in another language, else None."""
        return preferred(self.texts(predicate))

    def value(self, *predicates: str) -> str | None:
        """Return the first value of the first property that has one, as text, else None."""
        return next((value for name in predicates for value in self.values(name)), None)

    def values(self, predicate: str) -> list[str]:
        """Return the values of a property as texts, sorted."""
        return [term.value for term in self.labels.values(self.iri, predicate)]

    def to(self, *predicates: str) -> tuple[Subject, ...]:
        """Return the things that properties lead to, in the order of the properties."""
        return tuple(
            Subject(self.labels, term.value)
            for name in predicates
            for term in self.labels.values(self.iri, name)
            if isinstance(term, ox.NamedNode)
        )

    def shown(self, predicate: str) -> str | None:
        """Return a property for readers: its text, or the label of what it leads to, or its IRI."""
        for thing in self.to(predicate):
            return thing.text(_LABELS[0]) or thing.iri
        return self.text(predicate)

    @property
    def name(self) -> str | None:
        """Return how it is called, in Japanese if it can be."""
        return next((text for label in _LABELS if (text := self.text(label))), None)

    @property
    def names(self) -> dict[str, str]:
        """Return how it is called, by language."""
        return next((texts for label in _LABELS if (texts := self.texts(label))), {})


def translated(texts: dict[str, str]) -> dict[str, str]:
    """Return those of some texts whose language is known."""
    return {language: text for language, text in texts.items() if language}


def preferred(texts: dict[str, str]) -> str | None:
    """Return the Japanese text, else the first of all, else None.

    >>> preferred({"en": "plan", "ja": "計画"}), preferred({"en": "plan"}), preferred({})
    ('計画', 'plan', None)
    """
    return texts.get(LANGUAGES[0], next(iter(texts.values()), None))


# -- What CKAN's packages have no member for, as `extras` -----------------------------------------

_LOCN = "http://www.w3.org/ns/locn#"
_EXTRA = {
    "access_rights": ns.DCTERMS + "accessRights",
    "dcat_type": ns.DCTERMS + "type",
    "frequency": ns.DCTERMS + "accrualPeriodicity",
    "homepage": ns.FOAF + "homepage",
    "identifier": ns.DCTERMS + "identifier",
    "issued": ns.DCTERMS + "issued",
    "modified": ns.DCTERMS + "modified",
    "provenance": ns.DCTERMS + "provenance",
    "spatial_resolution_in_meters": ns.DCAT + "spatialResolutionInMeters",
    "temporal_resolution": ns.DCAT + "temporalResolution",
    "version_notes": ns.ADMS + "versionNotes",
}
_EXTRA_LISTS = {
    "alternate_identifier": ns.ADMS + "identifier",
    "applicable_legislation": ns.DCATAP + "applicableLegislation",
    "conforms_to": ns.DCTERMS + "conformsTo",
    "documentation": ns.FOAF + "page",
    "has_version": ns.DCTERMS + "hasVersion",
    "hvd_category": ns.DCATAP + "hvdCategory",
    "is_referenced_by": ns.DCTERMS + "isReferencedBy",
    "is_version_of": ns.DCTERMS + "isVersionOf",
    "language": ns.DCTERMS + "language",
    "related_resource": ns.DCTERMS + "relation",
    "sample": ns.ADMS + "sample",
    "source": ns.DCTERMS + "source",
    "theme": ns.DCAT + "theme",
}
#: Told only while the stamp holds.
_DATED = {"modified"}


def extras_of(dataset: Subject, *, stamped: bool) -> list[dict[str, str]]:
    """Return the extras of a data set in the order of their keys, without empty ones."""
    found = dict(_extras(dataset))
    return [
        {"key": key, "value": value}
        for key, value in sorted(found.items())
        if value and (stamped or key not in _DATED)
    ]


def _extras(dataset: Subject) -> Iterator[tuple[str, str | None]]:
    yield "uri", dataset.iri
    for key, predicate in _EXTRA.items():
        yield key, dataset.shown(predicate)
    for key, predicate in _EXTRA_LISTS.items():
        values = dataset.values(predicate)
        yield key, json.dumps(values, ensure_ascii=False) if values else None
    for role in ("publisher", "creator"):
        for agent in dataset.to(ns.DCTERMS + role)[:1]:
            yield from _agent(role, agent)
    for contact in dataset.to(ns.DCAT + "contactPoint")[:1]:
        yield from _contact(contact)
    for period in dataset.to(ns.DCTERMS + "temporal")[:1]:
        yield "temporal_start", period.value(ns.DCAT + "startDate")
        yield "temporal_end", period.value(ns.DCAT + "endDate")
    for place in dataset.to(ns.DCTERMS + "spatial")[:1]:
        yield from _place(place)


def _agent(role: str, agent: Subject) -> Iterator[tuple[str, str | None]]:
    yield f"{role}_uri", agent.iri
    yield f"{role}_name", agent.text(ns.FOAF + "name") or agent.name
    yield f"{role}_email", email_of(agent)
    yield f"{role}_url", agent.value(ns.FOAF + "homepage")
    yield f"{role}_type", agent.value(ns.DCTERMS + "type")
    yield f"{role}_identifier", agent.value(ns.DCTERMS + "identifier")


def _contact(contact: Subject) -> Iterator[tuple[str, str | None]]:
    yield "contact_uri", contact.iri
    yield "contact_name", contact.text(ns.VCARD + "fn")
    yield "contact_email", email_of(contact)
    yield "contact_identifier", contact.value(ns.VCARD + "hasUID")
    yield "contact_url", contact.value(ns.VCARD + "hasURL")


def email_of(agent: Subject) -> str | None:
    """Return the e-mail address of somebody, without "mailto:", or None."""
    found = agent.value(ns.VCARD + "hasEmail", ns.FOAF + "mbox")
    return found.removeprefix("mailto:") if found else None


def _place(place: Subject) -> Iterator[tuple[str, str | None]]:
    shape = _geojson(place.values(_LOCN + "geometry"))
    box = _geojson(place.values(ns.DCAT + "bbox"))
    yield "spatial_uri", place.iri
    yield "spatial_text", place.name
    yield "spatial", shape or box
    yield "spatial_bbox", box
    yield "spatial_centroid", _geojson(place.values(ns.DCAT + "centroid"))


def _geojson(shapes: list[str]) -> str | None:
    return next((made for shape in shapes if (made := geojson(shape))), None)


# -- A distribution as CKAN's resource ------------------------------------------------------------

_IANA = "://www.iana.org/assignments/media-types/"
_RDF_NAMES = {
    formats.TURTLE: "TTL",
    formats.NTRIPLES: "N-Triples",
    formats.NQUADS: "N-Quads",
    formats.TRIG: "TriG",
    formats.JSONLD: "JSON-LD",
    formats.RDFXML: "RDF",
}
#: How CKAN catalogues call a form, by media type.
NAMES = {format_.media_type: name for format_, name in _RDF_NAMES.items()} | {
    formats.CSV.media_type: "CSV",
    "application/csvm+json": "JSON",
    "application/json": "JSON",
}
_RESOURCE_LISTS = {
    "language": ns.DCTERMS + "language",
    "documentation": ns.FOAF + "page",
    "conforms_to": ns.DCTERMS + "conformsTo",
}
_RESOURCE = {
    "access_url": ns.DCAT + "accessURL",
    "download_url": ns.DCAT + "downloadURL",
    "status": ns.ADMS + "status",
    "license": ns.DCTERMS + "license",
    "rights": ns.DCTERMS + "rights",
    "availability": ns.DCATAP + "availability",
    "compress_format": ns.DCAT + "compressFormat",
    "package_format": ns.DCAT + "packageFormat",
}


def resource_of(distribution: Subject, package: dict[str, Any], *, stamped: bool) -> dict[str, Any]:
    """Return a distribution of a package, without its place among the others.

    `package` has the members `id`, `metadata_created` and, if stamped, `metadata_modified`.
    """
    names = distribution.texts(ns.DCTERMS + "title")
    about = distribution.texts(ns.DCTERMS + "description")
    issued = moment(distribution.value(ns.DCTERMS + "issued")) or package["metadata_created"]
    modified = moment(distribution.value(ns.DCTERMS + "modified")) or package.get(
        "metadata_modified"
    )
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": issued,
        "datastore_active": False,
        "description": preferred(about) or "",
        "description_translated": translated(about),
        **_form(distribution),
        **_checksum(distribution),
        "last_modified": modified if stamped else None,
        "metadata_modified": modified if stamped else None,
        "name": preferred(names) or distribution.iri,
        "name_translated": translated(names),
        "package_id": package["id"],
        "resource_type": None,
        "size": _size(distribution),
        "state": "active",
        "url": distribution.value(ns.DCAT + "downloadURL", ns.DCAT + "accessURL") or "",
        "url_type": None,
        "uri": distribution.iri,
        **_stated(distribution),
    }


def moment(day: str | None) -> str | None:
    """Return a date as CKAN writes moments, which has no date without a time.

    >>> moment("2026-04-01")
    '2026-04-01T00:00:00'
    """
    if not day:
        return None
    return day if "T" in day else f"{day}T00:00:00"


def media_type(stated: str | None) -> str | None:
    """Return the media type that is stated as such, or by an IRI of IANA's registry, or None.

    >>> media_type("https://www.iana.org/assignments/media-types/text/csv"), media_type("text/csv")
    ('text/csv', 'text/csv')
    """
    plain = (stated or "").rpartition(_IANA)[2]
    return plain if plain.count("/") == 1 else None


def _form(distribution: Subject) -> dict[str, str | None]:
    """Return the form of the file; where it is compressed, that of what is inside too."""
    type_ = media_type(distribution.value(ns.DCAT + "mediaType"))
    packed = media_type(distribution.value(ns.DCAT + "compressFormat", ns.DCAT + "packageFormat"))
    labels = (format_.name for format_ in distribution.to(ns.DCTERMS + "format"))
    other = next((label for label in labels if label), (type_ or "").rpartition("/")[2].upper())
    return {
        "format": NAMES.get(type_ or "", other),
        "mimetype": packed or type_,
        "mimetype_inner": type_ if packed else None,
    }


def _checksum(distribution: Subject) -> dict[str, str]:
    for checksum in distribution.to(ns.SPDX + "checksum"):
        return {
            "hash": checksum.value(ns.SPDX + "checksumValue") or "",
            "hash_algorithm": checksum.value(ns.SPDX + "algorithm") or "",
        }
    return {"hash": ""}


def _size(distribution: Subject) -> int | None:
    stated = distribution.value(ns.DCAT + "byteSize") or ""
    return int(stated) if stated.isdecimal() else None


def _stated(distribution: Subject) -> dict[str, str]:
    """Return what ckanext-dcat adds to CKAN's own members, without what is not stated."""
    single = {key: distribution.shown(predicate) for key, predicate in _RESOURCE.items()}
    lists = {key: distribution.values(predicate) for key, predicate in _RESOURCE_LISTS.items()}
    listed = {key: json.dumps(values) if values else None for key, values in lists.items()}
    return {key: value for key, value in {**single, **listed}.items() if value}


# -- graph/catalog in CKAN's words ----------------------------------------------------------------

Json = dict[str, Any]

_NAME = re.compile(r"[a-z0-9_-]{2,100}")
#: CKAN takes letters, digits, space, "-", "_" and "." in a tag of 2 to 100 characters.
_NOT_IN_TAG = re.compile(r"[^\w .-]+")
_TAG_LENGTH = range(2, 101)


@dataclass(frozen=True, slots=True)
class Packages:
    """Everything that CKAN's API tells: each tuple in the order of names."""

    packages: tuple[Json, ...]
    organizations: tuple[Json, ...]
    groups: tuple[Json, ...]
    #: of the catalogue
    title: str
    description: str


def read_packages(labels: Labels, iris: Iris, *, stamped: bool) -> Packages:
    """Return the data sets of graph/catalog with their publishers and themes.

    Dates of change are told only if the release is stamped: else nobody knows them.
    """
    store, graph = labels.store, node(iris.graph("catalog"))
    found = triples(store, None, TYPE, node(ns.DCAT + "Dataset"), graph)
    datasets = [Subject(labels, iri) for iri in sorted({subject.value for subject, _, _ in found})]
    publishers = {thing.iri: thing for one in datasets for thing in _publisher(one)}
    themes = {thing.iri: thing for one in datasets for thing in one.to(ns.DCAT + "theme")}
    catalog = Subject(labels, iris.of("catalog"))
    return Packages(
        _by_name(_package(dataset, stamped=stamped) for dataset in datasets),
        _by_name(_organization(publisher) for publisher in publishers.values()),
        _by_name(_group(theme) for theme in themes.values()),
        catalog.text(ns.DCTERMS + "title") or "",
        catalog.text(ns.DCTERMS + "description") or "",
    )


def _by_name(found: Iterable[Json]) -> tuple[Json, ...]:
    return tuple(sorted(found, key=lambda one: str(one["name"])))


def uuid_of(iri: str) -> str:
    """Return the identifier of a thing for CKAN: a UUID of version 5, from its IRI."""
    return str(uuid5(NAMESPACE_URL, iri))


def name_of(subject: Subject) -> str:
    """Return CKAN's name of a thing: its identifier if that can be one, else from its IRI.

    `http://data.example.jp/lod/catalog#dataset` -> `data-example-jp-lod-catalog-dataset`.
    """
    identifiers = subject.values(ns.DCTERMS + "identifier")
    usable = [one for one in identifiers if _NAME.fullmatch(one)]
    return usable[0] if usable else slug(subject.iri.partition("://")[2])


def slug(text: str) -> str:
    """Return a text in the letters that names may have, at most 100 of them.

    >>> slug("data.example.jp/lod/catalog#dataset")
    'data-example-jp-lod-catalog-dataset'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[:100].ljust(2, "-")


def _package(dataset: Subject, *, stamped: bool) -> Json:
    """Return a data set; its members in the order of CKAN's."""
    titles = dataset.texts(ns.DCTERMS + "title")
    notes = dataset.texts(ns.DCTERMS + "description")
    dates = _dates(dataset, stamped=stamped)
    head: Json = {"id": uuid_of(dataset.iri), "name": name_of(dataset), **dates}
    publisher = next(iter(_publisher(dataset)), None)
    tags = _tags(dataset)
    resources = _resources(dataset, head, stamped=stamped)
    return {
        **_people(dataset, publisher),
        "creator_user_id": None,
        **head,
        **_licence(dataset),
        "notes": preferred(notes) or "",
        "notes_translated": translated(notes),
        "num_resources": len(resources),
        "num_tags": len(tags),
        "organization": _short(publisher) if publisher else None,
        "owner_org": uuid_of(publisher.iri) if publisher else None,
        "private": False,
        "state": "active",
        "title": preferred(titles) or head["name"],
        "title_translated": translated(titles),
        "type": "dataset",
        "url": dataset.value(ns.DCAT + "landingPage") or dataset.iri,
        "version": dataset.value(ns.DCAT + "version", ns.OWL + "versionInfo"),
        "extras": extras_of(dataset, stamped=stamped),
        "groups": [_theme(theme) for theme in dataset.to(ns.DCAT + "theme")],
        "resources": resources,
        "tags": tags,
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def _dates(dataset: Subject, *, stamped: bool) -> dict[str, str | None]:
    issued = moment(dataset.value(ns.DCTERMS + "issued"))
    modified = moment(dataset.value(ns.DCTERMS + "modified"))
    created = {"metadata_created": issued}
    return created | {"metadata_modified": modified} if stamped and modified else created


def _publisher(dataset: Subject) -> tuple[Subject, ...]:
    return dataset.to(ns.DCTERMS + "publisher")[:1]


def _people(dataset: Subject, publisher: Subject | None) -> dict[str, str | None]:
    """Return who made it and who looks after it, by name and address."""
    author = next(iter(dataset.to(ns.DCTERMS + "creator")), publisher)
    contact = next(iter(dataset.to(ns.DCAT + "contactPoint")), publisher)
    return {
        "author": author.name if author else None,
        "author_email": email_of(author) if author else None,
        "maintainer": (contact.text(ns.VCARD + "fn") or contact.name) if contact else None,
        "maintainer_email": email_of(contact) if contact else None,
    }


def _licence(dataset: Subject) -> Json:
    stated = next(iter(dataset.to(ns.DCTERMS + "license")), None)
    licence = licence_of(stated.iri if stated else None, stated.name if stated else None)
    address = {"license_url": licence.url} if licence.url else {}
    return {
        "isopen": licence.is_open,
        "license_id": licence.id,
        "license_title": licence.title,
        **address,
    }


def _resources(dataset: Subject, package: Json, *, stamped: bool) -> list[Json]:
    """Return the distributions: plain files first, then compressed ones, each by address."""
    found = [
        {"id": uuid_of(one.iri), **resource_of(one, package, stamped=stamped)}
        for one in dataset.to(ns.DCAT + "distribution")
    ]
    found.sort(key=lambda one: (one["mimetype_inner"] is not None, one["uri"]))
    return [{**one, "position": place} for place, one in enumerate(found)]


def _tags(dataset: Subject) -> list[Json]:
    """Return the keywords of all languages, in characters that CKAN takes, each once."""
    keywords = (_NOT_IN_TAG.sub("-", word) for word in dataset.values(ns.DCAT + "keyword"))
    wanted = {word.strip(" -") for word in keywords}
    return [
        {
            "display_name": word,
            "id": uuid_of(f"tag:{word}"),
            "name": word,
            "state": "active",
            "vocabulary_id": None,
        }
        for word in sorted(wanted)
        if len(word) in _TAG_LENGTH
    ]


def _short(publisher: Subject) -> Json:
    """Return a publisher as it stands in a package."""
    return {
        "id": uuid_of(publisher.iri),
        "name": name_of(publisher),
        "title": publisher.name or name_of(publisher),
        "type": "organization",
        "description": publisher.text(ns.DCTERMS + "description") or "",
        "image_url": "",
        "created": moment(publisher.value(ns.DCTERMS + "issued")),
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def _organization(publisher: Subject) -> Json:
    short = _short(publisher)
    return {**short, **_shown(short["title"]), "title_translated": translated(publisher.names)}


def _theme(theme: Subject) -> Json:
    """Return a theme as a group, as it stands in a package."""
    name = slug(re.split(r"[/#]", theme.iri.rstrip("/#"))[-1])
    title = theme.name or name
    return {
        "description": theme.text(ns.SKOS + "definition") or "",
        "display_name": title,
        "id": uuid_of(theme.iri),
        "image_display_url": "",
        "name": name,
        "title": title,
    }


def _group(theme: Subject) -> Json:
    short = _theme(theme)
    rest = {
        "type": "group",
        "image_url": "",
        "created": None,
        "is_organization": False,
        "approval_status": "approved",
        "state": "active",
        "title_translated": translated(theme.names),
    }
    return {**short, **rest, **_shown(short["title"])}


def _shown(title: str) -> Json:
    """Return what organisations and groups have besides when they are shown by themselves."""
    return {
        "display_name": title,
        "image_display_url": "",
        "num_followers": 0,
        "extras": [],
        "users": [],
        "tags": [],
        "groups": [],
    }

"""graph/catalog in CKAN's words: data sets as packages, distributions as resources.

The members are those of CKAN's action API (https://docs.ckan.org/en/2.11/api/); what CKAN has no
member for is named as ckanext-dcat names it, and stands in `extras` of a package or in the resource
itself. Identifiers are made from IRIs (UUID version 5), so they are the same in every release.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyoxigraph as ox

from publish import formats
from publish.browse.labels import Labels
from publish.catalog.ckan.licenses import UNSPECIFIED, licence_of
from publish.i18n import LANGUAGES
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples
from publish.rdf.wkt import geojson

Json = dict[str, Any]
_TITLE, _DESCRIPTION = ns.DCTERMS + "title", ns.DCTERMS + "description"
_ISSUED, _MODIFIED = ns.DCTERMS + "issued", ns.DCTERMS + "modified"
_PUBLISHER, _CONTACT_POINT = ns.DCTERMS + "publisher", ns.DCAT + "contactPoint"
_LABELS = (ns.RDFS + "label", ns.SKOS + "prefLabel", _TITLE, ns.FOAF + "name")


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing by its IRI, with the statements in which it is the subject."""

    labels: Labels
    iri: str

    def texts(self, predicate: str) -> dict[str, str]:
        """Return its texts by language, Japanese and English first; "" is no language."""
        found: dict[str, str] = {}
        for term in self.labels.values(self.iri, predicate):
            if isinstance(term, ox.Literal):
                found.setdefault(term.language or "", term.value)
        return dict(sorted(found.items(), key=lambda pair: (*LANGUAGES, pair[0]).index(pair[0])))

    def text(self, predicate: str) -> str | None:
        """Return its text in Japanese, else in another language, else None."""
        return next(iter(self.texts(predicate).values()), None)

    def value(self, *predicates: str) -> str | None:
        """Return the first value of the first property that has one, as text, else None."""
        return next((value for name in predicates for value in self.values(name)), None)

    def values(self, predicate: str) -> list[str]:
        """Return the values of a property as texts, sorted."""
        return [term.value for term in self.labels.values(self.iri, predicate)]

    def to(self, predicate: str) -> tuple[Subject, ...]:
        """Return the things that a property leads to."""
        found = self.labels.values(self.iri, predicate)
        return tuple(Subject(self.labels, t.value) for t in found if isinstance(t, ox.NamedNode))

    def first(self, predicate: str) -> Subject | None:
        """Return the first thing that a property leads to, or None."""
        return next(iter(self.to(predicate)), None)

    def shown(self, predicate: str) -> str | None:
        """Return a property for readers: its text, or the label of what it leads to, or its IRI."""
        thing = self.first(predicate)
        return (thing.text(_LABELS[0]) or thing.iri) if thing else self.text(predicate)

    @property
    def name(self) -> str | None:
        """Return how it is called, in Japanese if it can be."""
        return next((text for label in _LABELS if (text := self.text(label))), None)

    @property
    def names(self) -> dict[str, str]:
        """Return how it is called, by each language that is known."""
        found = next((texts for label in _LABELS if (texts := self.texts(label))), {})
        return _of_language(found)


def _of_language(texts: dict[str, str]) -> dict[str, str]:
    """Return those of some texts whose language is known."""
    return {language: text for language, text in texts.items() if language}


# -- Members that stand for one property each -----------------------------------------------------


def _named(thing: Subject, *predicates: str) -> str | None:
    """Return the first text among some properties, else how a thing is called."""
    return next(filter(None, map(thing.text, predicates)), None) or thing.name


def _listed(thing: Subject, predicate: str, *, ensure_ascii: bool = False) -> str | None:
    """Return several values as one text, a JSON array, or None if there are none."""
    values = thing.values(predicate)
    return json.dumps(values, ensure_ascii=ensure_ascii) if values else None


def _email(thing: Subject) -> str | None:
    """Return the e-mail address of somebody, without "mailto:", or None."""
    found = thing.value(ns.VCARD + "hasEmail", ns.FOAF + "mbox")
    return found.removeprefix("mailto:") if found else None


def _geojson(thing: Subject, *predicates: str) -> str | None:
    """Return the first geometry that can be told as GeoJSON (RFC 7946), which CKAN's maps read."""
    shapes = (shape for predicate in predicates for shape in thing.values(predicate))
    return next((made for shape in shapes if (made := geojson(shape))), None)


_IRI, _SHOWN, _TEXT, _VALUE = attrgetter("iri"), Subject.shown, Subject.text, Subject.value
_ASCII_LIST = partial(_listed, ensure_ascii=True)
#: Member -> how it is read, and the properties that it is read from.
_Table = Mapping[str, tuple[Callable[..., str | None], *tuple[str, ...]]]

_EXTRAS: _Table = {
    "uri": (_IRI,),
    "access_rights": (_SHOWN, ns.DCTERMS + "accessRights"),
    "dcat_type": (_SHOWN, ns.DCTERMS + "type"),
    "frequency": (_SHOWN, ns.DCTERMS + "accrualPeriodicity"),
    "homepage": (_SHOWN, ns.FOAF + "homepage"),
    "identifier": (_SHOWN, ns.DCTERMS + "identifier"),
    "issued": (_SHOWN, _ISSUED),
    "modified": (_SHOWN, _MODIFIED),
    "provenance": (_SHOWN, ns.DCTERMS + "provenance"),
    "spatial_resolution_in_meters": (_SHOWN, ns.DCAT + "spatialResolutionInMeters"),
    "temporal_resolution": (_SHOWN, ns.DCAT + "temporalResolution"),
    "version_notes": (_SHOWN, ns.ADMS + "versionNotes"),
    "alternate_identifier": (_listed, ns.ADMS + "identifier"),
    "applicable_legislation": (_listed, ns.DCATAP + "applicableLegislation"),
    "conforms_to": (_listed, ns.DCTERMS + "conformsTo"),
    "documentation": (_listed, ns.FOAF + "page"),
    "has_version": (_listed, ns.DCTERMS + "hasVersion"),
    "hvd_category": (_listed, ns.DCATAP + "hvdCategory"),
    "is_referenced_by": (_listed, ns.DCTERMS + "isReferencedBy"),
    "is_version_of": (_listed, ns.DCTERMS + "isVersionOf"),
    "language": (_listed, ns.DCTERMS + "language"),
    "related_resource": (_listed, ns.DCTERMS + "relation"),
    "sample": (_listed, ns.ADMS + "sample"),
    "source": (_listed, ns.DCTERMS + "source"),
    "theme": (_listed, ns.DCAT + "theme"),
}
_AGENT: _Table = {
    "uri": (_IRI,),
    "name": (_named, ns.FOAF + "name"),
    "email": (_email,),
    "url": (_VALUE, ns.FOAF + "homepage"),
    "type": (_VALUE, ns.DCTERMS + "type"),
    "identifier": (_VALUE, ns.DCTERMS + "identifier"),
}
_CONTACT: _Table = {
    "uri": (_IRI,),
    "name": (_TEXT, ns.VCARD + "fn"),
    "email": (_email,),
    "identifier": (_VALUE, ns.VCARD + "hasUID"),
    "url": (_VALUE, ns.VCARD + "hasURL"),
}
_PERIOD: _Table = {
    "start": (_VALUE, ns.DCAT + "startDate"),
    "end": (_VALUE, ns.DCAT + "endDate"),
}
_PLACE: _Table = {
    "uri": (_IRI,),
    "text": (_named,),
    "": (_geojson, ns.LOCN + "geometry", ns.DCAT + "bbox"),
    "bbox": (_geojson, ns.DCAT + "bbox"),
    "centroid": (_geojson, ns.DCAT + "centroid"),
}
#: How the extras begin that tell of the first thing that a property leads to.
_EXTRAS_OF_THINGS = {
    "publisher": (_PUBLISHER, _AGENT),
    "creator": (ns.DCTERMS + "creator", _AGENT),
    "contact": (_CONTACT_POINT, _CONTACT),
    "temporal": (ns.DCTERMS + "temporal", _PERIOD),
    "spatial": (ns.DCTERMS + "spatial", _PLACE),
}
_RESOURCE: _Table = {
    "access_url": (_SHOWN, ns.DCAT + "accessURL"),
    "download_url": (_SHOWN, ns.DCAT + "downloadURL"),
    "status": (_SHOWN, ns.ADMS + "status"),
    "license": (_SHOWN, ns.DCTERMS + "license"),
    "rights": (_SHOWN, ns.DCTERMS + "rights"),
    "availability": (_SHOWN, ns.DCATAP + "availability"),
    "compress_format": (_SHOWN, ns.DCAT + "compressFormat"),
    "package_format": (_SHOWN, ns.DCAT + "packageFormat"),
    "language": (_ASCII_LIST, ns.DCTERMS + "language"),
    "documentation": (_ASCII_LIST, ns.FOAF + "page"),
    "conforms_to": (_ASCII_LIST, ns.DCTERMS + "conformsTo"),
}


def _members(table: _Table, thing: Subject) -> dict[str, str]:
    """Return the members of a table for a thing, without those of which nothing is stated."""
    found = {name: read(thing, *predicates) for name, (read, *predicates) in table.items()}
    return {name: value for name, value in found.items() if value}


def _translated(member: str, thing: Subject, predicate: str, default: str) -> Json:
    """Return a text in Japanese, else in another language, and in all that are known."""
    texts = thing.texts(predicate)
    preferred = next(iter(texts.values()), "") or default
    return {member: preferred, f"{member}_translated": _of_language(texts)}


def _extras(dataset: Subject, *, stamped: bool) -> list[Json]:
    """Return the extras of a data set in the order of their keys."""
    found = _members(_EXTRAS, dataset)
    for start, (predicate, table) in _EXTRAS_OF_THINGS.items():
        thing = dataset.first(predicate)
        members = _members(table, thing) if thing else {}
        found |= {f"{start}_{end}".strip("_"): value for end, value in members.items()}
    if not stamped:
        found.pop("modified", None)
    return [{"key": key, "value": value} for key, value in sorted(found.items())]


# -- A distribution as CKAN's resource ------------------------------------------------------------

_IANA = "://www.iana.org/assignments/media-types/"
#: How CKAN catalogues call a form, by media type.
_FORMATS = {
    formats.TURTLE.media_type: "TTL",
    formats.NTRIPLES.media_type: "N-Triples",
    formats.NQUADS.media_type: "N-Quads",
    formats.TRIG.media_type: "TriG",
    formats.JSONLD.media_type: "JSON-LD",
    formats.RDFXML.media_type: "RDF",
    formats.CSV.media_type: "CSV",
    "application/csvm+json": "JSON",
    "application/json": "JSON",
}


def _resource(distribution: Subject, package: Json, *, stamped: bool) -> Json:
    """Return a distribution of a package, without its place among the others.

    `package` has the members `id`, `metadata_created` and, if stamped, `metadata_modified`.
    """
    modified = moment(distribution.value(_MODIFIED)) or package.get("metadata_modified")
    size = distribution.value(ns.DCAT + "byteSize") or ""
    return {
        "id": uuid_of(distribution.iri),
        "cache_last_updated": None,
        "cache_url": None,
        "created": moment(distribution.value(_ISSUED)) or package["metadata_created"],
        "datastore_active": False,
        **_translated("description", distribution, _DESCRIPTION, ""),
        **_form(distribution),
        **_checksum(distribution),
        "last_modified": modified if stamped else None,
        "metadata_modified": modified if stamped else None,
        **_translated("name", distribution, _TITLE, distribution.iri),
        "package_id": package["id"],
        "resource_type": None,
        "size": int(size) if size.isdecimal() else None,
        "state": "active",
        "url": distribution.value(ns.DCAT + "downloadURL", ns.DCAT + "accessURL") or "",
        "url_type": None,
        "uri": distribution.iri,
        **_members(_RESOURCE, distribution),
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
        "format": _FORMATS.get(type_ or "", other),
        "mimetype": packed or type_,
        "mimetype_inner": type_ if packed else None,
    }


def _checksum(distribution: Subject) -> dict[str, str]:
    checksum = distribution.first(ns.SPDX + "checksum")
    if checksum is None:
        return {"hash": ""}
    return {
        "hash": checksum.value(ns.SPDX + "checksumValue") or "",
        "hash_algorithm": checksum.value(ns.SPDX + "algorithm") or "",
    }


# -- Data sets, their publishers and themes --------------------------------------------------------

_NAME = re.compile(r"[a-z0-9_-]{2,100}")
#: CKAN takes letters, digits, space, "-", "_" and "." in a tag of 2 to 100 characters.
_NOT_IN_TAG = re.compile(r"[^\w .-]+")
_TAG_LENGTH = range(2, 101)
#: What organisations and groups have besides when they are shown by themselves.
_SHOWN_ALONE: Json = {
    "image_display_url": "",
    "num_followers": 0,
    "extras": [],
    "users": [],
    "tags": [],
    "groups": [],
}


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
    publishers = {thing.iri: thing for one in datasets if (thing := one.first(_PUBLISHER))}
    themes = {thing.iri: thing for one in datasets for thing in one.to(ns.DCAT + "theme")}
    catalog = Subject(labels, iris.of("catalog"))
    return Packages(
        _by_name(_package(dataset, stamped=stamped) for dataset in datasets),
        _by_name(_organization(publisher) for publisher in publishers.values()),
        _by_name(_group(theme) for theme in themes.values()),
        catalog.text(_TITLE) or "",
        catalog.text(_DESCRIPTION) or "",
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
    head: Json = {"id": uuid_of(dataset.iri), "name": name_of(dataset)}
    head["metadata_created"] = moment(dataset.value(_ISSUED))
    if stamped and (modified := moment(dataset.value(_MODIFIED))):
        head["metadata_modified"] = modified
    publisher = dataset.first(_PUBLISHER)
    tags = _tags(dataset)
    resources = _resources(dataset, head, stamped=stamped)
    return {
        **_person("author", dataset.first(ns.DCTERMS + "creator") or publisher),
        **_person("maintainer", dataset.first(_CONTACT_POINT) or publisher, ns.VCARD + "fn"),
        "creator_user_id": None,
        **head,
        **_licence(dataset),
        **_translated("notes", dataset, _DESCRIPTION, ""),
        "num_resources": len(resources),
        "num_tags": len(tags),
        "organization": _short(publisher) if publisher else None,
        "owner_org": uuid_of(publisher.iri) if publisher else None,
        "private": False,
        "state": "active",
        **_translated("title", dataset, _TITLE, head["name"]),
        "type": "dataset",
        "url": dataset.value(ns.DCAT + "landingPage") or dataset.iri,
        "version": dataset.value(ns.DCAT + "version", ns.OWL + "versionInfo"),
        "extras": _extras(dataset, stamped=stamped),
        "groups": [_theme(theme) for theme in dataset.to(ns.DCAT + "theme")],
        "resources": resources,
        "tags": tags,
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def _person(member: str, person: Subject | None, *names: str) -> Json:
    """Return somebody's name and address, each None if it is not known."""
    return {
        member: _named(person, *names) if person else None,
        f"{member}_email": _email(person) if person else None,
    }


def _licence(dataset: Subject) -> Json:
    stated = dataset.first(ns.DCTERMS + "license")
    licence = licence_of(stated.iri, stated.name) if stated else UNSPECIFIED
    return {
        "isopen": licence.is_open,
        "license_id": licence.id,
        "license_title": licence.title,
        **({"license_url": licence.url} if licence.url else {}),
    }


def _resources(dataset: Subject, package: Json, *, stamped: bool) -> list[Json]:
    """Return the distributions: plain files first, then compressed ones, each by address."""
    distributions = dataset.to(ns.DCAT + "distribution")
    found = [_resource(one, package, stamped=stamped) for one in distributions]
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
        "description": publisher.text(_DESCRIPTION) or "",
        "image_url": "",
        "created": moment(publisher.value(_ISSUED)),
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def _organization(publisher: Subject) -> Json:
    short = _short(publisher)
    shown = {"display_name": short["title"], **_SHOWN_ALONE, "title_translated": publisher.names}
    return {**short, **shown}


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
    return {
        **_theme(theme),
        "type": "group",
        "image_url": "",
        "created": None,
        "is_organization": False,
        "approval_status": "approved",
        "state": "active",
        "title_translated": theme.names,
        **_SHOWN_ALONE,
    }

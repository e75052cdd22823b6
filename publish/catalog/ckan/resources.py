"""A distribution as CKAN's resource: where the file is, its form, size and checksum."""

from __future__ import annotations

import json
from typing import Any

from publish import formats
from publish.catalog.ckan.subject import Subject, preferred, translated
from publish.rdf import namespaces as ns

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
_LISTS = {
    "language": ns.DCTERMS + "language",
    "documentation": ns.FOAF + "page",
    "conforms_to": ns.DCTERMS + "conformsTo",
}
_SINGLE = {
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
    single = {key: distribution.shown(predicate) for key, predicate in _SINGLE.items()}
    lists = {key: distribution.values(predicate) for key, predicate in _LISTS.items()}
    listed = {key: json.dumps(values) if values else None for key, values in lists.items()}
    return {key: value for key, value in {**single, **listed}.items() if value}

"""What CKAN's packages have no member for, as `extras`: keys and texts, named as ckanext-dcat does.

Several values of one property stand in one text, as a JSON array. Geometries are told as GeoJSON
(RFC 7946), which CKAN's maps read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from publish.catalog.ckan.subject import Subject
from publish.rdf import namespaces as ns
from publish.rdf.wkt import geojson

_LOCN = "http://www.w3.org/ns/locn#"
_SINGLE = {
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
_LISTS = {
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
    for key, predicate in _SINGLE.items():
        yield key, dataset.shown(predicate)
    for key, predicate in _LISTS.items():
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

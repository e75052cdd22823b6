"""graph/catalog in CKAN's words: data sets as packages, distributions as resources.

The members are those of CKAN's action API (https://docs.ckan.org/en/2.11/api/); what CKAN has no
member for stands in `extras` under the names that ckanext-dcat gives. Identifiers are made from
IRIs (UUID version 5), so they are the same in every release.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from publish.browse.labels import Labels
from publish.catalog.ckan.extras import email_of, extras_of
from publish.catalog.ckan.licenses import licence_of
from publish.catalog.ckan.resources import moment, resource_of
from publish.catalog.ckan.subject import Subject, preferred, translated
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples

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

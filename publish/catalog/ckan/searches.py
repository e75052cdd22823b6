"""A search of packages: which are found, in which order, and how many have which value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from publish.catalog.ckan.licenses import names_of
from publish.catalog.ckan.search import Fields, fold, read_query
from publish.errors import QueryError
from publish.i18n import Text

#: Packages in an answer, unless more are asked for.
ROWS = 10
DEFAULT_SORT = "score desc, metadata_modified desc"
_RELEVANCE = ("score", "relevance", "rank")
_SORTABLE = {
    "id": "id",
    "name": "name",
    "title": "title",
    "title_string": "title",
    "metadata_created": "metadata_created",
    "metadata_modified": "metadata_modified",
}
_SORT = re.compile(r"\s*(?P<field>[a-z_]+)(?:\s+(?P<way>asc|desc))?\s*", re.IGNORECASE)
#: How much a word counts, by where it stands.
_WEIGHTS = {"title": 4, "name": 4, "tags": 2, "text": 1}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked of `package_search`."""

    query: str = ""
    filters: tuple[str, ...] = ()
    rows: int = ROWS
    start: int = 0
    sort: str = ""
    facets: tuple[str, ...] = ()
    #: most values of a facet; negative: all
    facet_limit: int = 50
    facet_least: int = 1


def search(packages: Iterable[Json], wanted: Search) -> Json:
    """Return the result of `package_search`.

    Raises QueryError 400 if query, filter or order cannot be read.
    """
    query = read_query(wanted.query)
    tests = [query.test, *(read_query(text).test for text in wanted.filters)]
    read = [(package, _folded(package)) for package in packages]
    found = [(package, fields) for package, fields in read if all(test(fields) for test in tests)]
    sort = wanted.sort if wanted.sort.strip() not in ("", "rank") else DEFAULT_SORT
    ordered = _ordered(found, query.words, sort)
    facets = {name: _counted(ordered, name, wanted) for name in wanted.facets}
    return {
        "count": len(ordered),
        "facets": {name: dict(counts) for name, counts in facets.items()},
        "results": ordered[wanted.start : wanted.start + wanted.rows],
        "sort": sort,
        "search_facets": {
            name: {"title": name, "items": _items(ordered, name, counts)}
            for name, counts in facets.items()
        },
    }


def values_of(package: Json) -> dict[str, tuple[str, ...]]:
    """Return the values of a package by the names of CKAN's search fields, and by its extras."""
    resources, organization = package["resources"], package["organization"]
    extras = {extra["key"]: (extra["value"],) for extra in package["extras"]}
    names = ("id", "name", "owner_org", "license_id", "author", "maintainer", "version", "url")
    dates = ("metadata_created", "metadata_modified")
    single = {name: package.get(name) for name in (*names, *dates, "type", "state")}
    return extras | {
        **{name: (value,) if value else () for name, value in single.items()},
        "dataset_type": (package["type"],),
        "capacity": ("public",),
        "private": ("false",),
        "isopen": (str(package["isopen"]).lower(),),
        "title": tuple(package["title_translated"].values()) or (package["title"],),
        "notes": tuple(package["notes_translated"].values()),
        "tags": _each(package["tags"], "name"),
        "groups": _each(package["groups"], "name"),
        "organization": (organization["name"],) if organization else (),
        "res_format": _each(resources, "format"),
        "res_name": _each(resources, "name"),
        "res_url": _each(resources, "url"),
    }


def _each(listed: Sequence[Json], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[name] for one in listed if one.get(name)))


def _folded(package: Json) -> Fields:
    values = values_of(package)
    values["license_id"] = names_of(package["license_id"])
    texts = ("name", "title", "notes", "tags", "author", "maintainer", "res_name")
    organization = package["organization"]
    title = (organization["title"],) if organization else ()
    values["text"] = (*(text for name in texts for text in values[name]), *title)
    return {name: tuple(map(fold, found)) for name, found in values.items()}


def _ordered(found: Sequence[tuple[Json, Fields]], words: Sequence[str], sort: str) -> list[Json]:
    """Return packages in an order; where it leaves it open, by name."""
    ordered = sorted(found, key=lambda pair: str(pair[0]["name"]))
    for field, descending in reversed(_orders(sort)):
        if field in _RELEVANCE:
            ordered.sort(key=lambda pair: _score(pair[1], words), reverse=descending)
        else:
            name = _SORTABLE[field]
            ordered.sort(key=lambda pair: fold(pair[0].get(name) or ""), reverse=descending)
    return [package for package, _ in ordered]


def _orders(sort: str) -> list[tuple[str, bool]]:
    """Return (field, descending) for each part of an order."""
    parts = [_SORT.fullmatch(part) for part in sort.split(",")]
    read = [(part["field"].lower(), (part["way"] or "").lower()) for part in parts if part]
    if len(read) < len(parts) or any(
        field not in _SORTABLE and field not in _RELEVANCE for field, _ in read
    ):
        raise QueryError(
            Text("並べ替えの指定（sort）を読み取れません。", 'Invalid "sort" parameter.'),
            Text(
                "「metadata_modified desc」のように書いてください。使える項目：{fields}",
                'Write it like "metadata_modified desc". Fields: {fields}',
            ).format(fields=", ".join(("score", *_SORTABLE))),
            status=400,
        )
    return [(field, way == "desc") for field, way in read]


def _score(fields: Fields, words: Sequence[str]) -> int:
    return sum(
        weight
        for word in words
        for name, weight in _WEIGHTS.items()
        if any(word in value for value in fields[name])
    )


def _counted(packages: Sequence[Json], name: str, wanted: Search) -> list[tuple[str, int]]:
    """Return how many packages have which value of a field, the most frequent first."""
    counts = Counter(value for package in packages for value in values_of(package).get(name, ()))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    enough = [pair for pair in ordered if pair[1] >= wanted.facet_least]
    return enough if wanted.facet_limit < 0 else enough[: wanted.facet_limit]


def _items(packages: Sequence[Json], name: str, counts: Iterable[tuple[str, int]]) -> list[Json]:
    titles = _titles(packages, name)
    return [
        {"name": value, "display_name": titles.get(value, value), "count": count}
        for value, count in counts
    ]


def _titles(packages: Sequence[Json], name: str) -> dict[str, str]:
    """Return how the values of a facet are called, where that is not how they are written."""
    if name == "organization":
        found = (package["organization"] for package in packages)
        return {one["name"]: one["title"] for one in found if one}
    if name == "groups":
        return {one["name"]: one["title"] for package in packages for one in package["groups"]}
    if name == "license_id":
        return {package["license_id"]: package["license_title"] for package in packages}
    return {}

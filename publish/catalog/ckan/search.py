"""A search of packages: which are found, in which order, and how many have which value.

What is sought is written in the part of Solr's query language that clients of CKAN use:

    霞県 計画               packages with both words, wherever they stand
    tags:霞県 res_format:CSV     packages with that tag and a file in that form
    +license_id:cc-by-40-intl -organization:"a-b"
    organization:a OR organization:b
    metadata_modified:[2026-04-01T00:00:00Z TO *]

Words are compared in NFKC and without case. AND binds more closely than OR, and OR more closely
than mere succession, where all must hold: that is what CKAN's own harvester means when it joins
its conditions by blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from publish.catalog.ckan.licenses import names_of
from publish.errors import QueryError
from publish.i18n import Text

#: Values of a package by field, folded.
Fields = Mapping[str, tuple[str, ...]]
Test = Callable[[Fields], bool]
Json = dict[str, Any]

#: Fields in which a word may stand anywhere; the values of others are compared as wholes.
TEXTS = frozenset({"text", "title", "notes", "author", "maintainer"})
_DATES = frozenset({"metadata_modified", "metadata_created"})
_DEEPEST = 10
_TOKEN = re.compile(
    r"""
      (?P<open>\() | (?P<close>\))
    | (?P<range>[\[{]\s*(?P<low>[^\s\]}]+)\s+TO\s+(?P<high>[^\s\]}]+)\s*[\]}])
    | (?P<phrase>"(?:[^"\\]|\\.)*")
    | (?P<not>[-!+](?=[^\s)])|NOT(?=\s))
    | (?P<both>(?:AND|&&)(?=\s)) | (?P<either>(?:OR|\|\|)(?=\s))
    | (?P<field>\*|[A-Za-z_][\w.-]*):(?!//)
    | (?P<word>(?:[^\s()"\[\]{}\\]|\\.)+)
    """,
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Query:
    """A search, understood: what must hold, and the words by which packages are ranked."""

    test: Test
    words: tuple[str, ...]


def fold(text: str) -> str:
    """Return a text as it is compared: in NFKC, without case.

    >>> fold("ＣＳＶ　Hokkaidō")
    'csv hokkaidō'
    """
    return unicodedata.normalize("NFKC", text).casefold()


def read_query(text: str) -> Query:
    """Return what a query means; an empty one finds everything.

    Raises QueryError 400 where brackets, quotation marks or operators do not fit together.
    """
    reader = _Reader(list(_tokens(text)))
    test = reader.sequence()
    if reader.here is not None:
        raise unreadable()
    return Query(test, tuple(reader.words))


def unreadable() -> QueryError:
    """Return the error for a query that cannot be read."""
    return QueryError(
        Text("検索条件を読み取れません。", "The search cannot be read."),
        Text(
            "かっこ、引用符、AND と OR の並びを確かめてください。",
            "Check brackets, quotation marks, and the order of AND and OR.",
        ),
        status=400,
    )


def _tokens(text: str) -> Iterator[re.Match[str]]:
    position = len(text) - len(text.lstrip())
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise unreadable()
        yield token
        position = token.end()
        while position < len(text) and text[position].isspace():
            position += 1


@dataclass
class _Reader:
    """Reads tokens from left to right."""

    tokens: list[re.Match[str]]
    words: list[str] = field(default_factory=list)
    position: int = 0
    depth: int = 0

    @property
    def here(self) -> re.Match[str] | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def took(self, *kinds: str) -> re.Match[str] | None:
        """Return the next token and go on, if it is of one of these kinds."""
        token = self.here
        if token is None or token.lastgroup not in kinds:
            return None
        self.position += 1
        return token

    def sequence(self, name: str = "text") -> Test:
        tests = []
        while self.here is not None and self.here.lastgroup != "close":
            tests.append(self.alternatives(name))
        return lambda fields: all(test(fields) for test in tests)

    def alternatives(self, name: str) -> Test:
        tests = [self.conjunction(name)]
        while self.took("either"):
            tests.append(self.conjunction(name))
        return lambda fields: any(test(fields) for test in tests)

    def conjunction(self, name: str) -> Test:
        tests = [self.condition(name)]
        while self.took("both"):
            tests.append(self.condition(name))
        return lambda fields: all(test(fields) for test in tests)

    def condition(self, name: str) -> Test:
        denied, known = False, len(self.words)
        while sign := self.took("not"):
            denied ^= sign[0] != "+"
        named = self.took("field")
        test = self.value(named["field"] if named else name)
        if not denied:
            return test
        del self.words[known:]  # what must not stand there ranks nothing
        return lambda fields: not test(fields)

    def value(self, name: str) -> Test:
        if self.took("open"):
            return self.group(name)
        token = self.took("range", "phrase", "word")
        if token is None:
            raise unreadable()
        if token["range"]:
            return _between(name, token["low"], token["high"])
        return self.words_of(name, token)

    def group(self, name: str) -> Test:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise unreadable()
        test = self.sequence(name)
        if not self.took("close"):
            raise unreadable()
        self.depth -= 1
        return test

    def words_of(self, name: str, token: re.Match[str]) -> Test:
        is_phrase = token["phrase"] is not None
        plain = token[0][1:-1] if is_phrase else token[0]
        wanted = fold(_ESCAPED.sub(r"\1", plain))
        if name in TEXTS:
            self.words.append(wanted)
        return _equal(name, wanted, pattern=not is_phrase)


def _equal(name: str, wanted: str, *, pattern: bool) -> Test:
    """Return the test whether a field has a value; `*` and `?` stand for any letters in a word."""
    if name == "*" or (wanted == "*" and pattern and name == "text"):
        return lambda _: True
    inside = name in TEXTS
    if pattern and ("*" in wanted or "?" in wanted):
        shape = wanted.replace("[", "[[]")
        shape = f"*{shape}*" if inside else shape
        return lambda fields: any(fnmatchcase(value, shape) for value in fields.get(name, ()))
    if inside:
        return lambda fields: any(wanted in value for value in fields.get(name, ()))
    return lambda fields: wanted in fields.get(name, ())


def _between(name: str, low: str, high: str) -> Test:
    """Return the test whether a field has a value in a range, its ends included.

    Dates are compared by day, because days are what a release knows; a package whose date is not
    known passes, so that nobody who asks for what is new misses a change.
    """
    least, most = fold(low), fold(high)
    is_date = name in _DATES
    if is_date:
        least, most = _day(least), _day(most)

    def test(fields: Fields) -> bool:
        values = fields.get(name, ())
        if is_date and not values:
            return True
        days = (value[:10] if is_date else value for value in values)
        return any((least == "*" or least <= day) and (most == "*" or day <= most) for day in days)

    return test


def _day(end: str) -> str:
    """Return the day of a moment; "now" and what is reckoned from it set no bound."""
    return "*" if end.startswith(("now", "*")) else end[:10]


# -- What is found, in which order ----------------------------------------------------------------

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
    for key, descending in reversed(_orders(sort)):
        if key in _RELEVANCE:
            ordered.sort(key=lambda pair: _score(pair[1], words), reverse=descending)
        else:
            name = _SORTABLE[key]
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

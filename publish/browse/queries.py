"""The queries that give what pages show, so that a reader can go on from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publish.browse.facets import Facet, Value
from publish.browse.lists import BY_CODE, BY_DATE, BY_ENGLISH_NAME, BY_NAME, KANA, date_of
from publish.i18n import Language
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.turtle import Prefixes
from publish.shacl.shapes import Kind, Shapes


class Names:
    """Writes properties and classes by prefix where one fits, and notes which prefixes that were."""

    def __init__(self, prefixes: Mapping[str, str], **used: str) -> None:
        self._prefixes = dict(prefixes)
        self._used = used

    def __call__(self, iri: str) -> str:
        """Return an IRI as a query writes it."""
        prefix, _, local = (ns.shorten(iri, self._prefixes) or "").partition(":")
        if not local.isalnum():
            return f"<{iri}>"
        self._used[prefix] = self._prefixes[prefix]
        return f"{prefix}:{local}"

    def path(self, iris: Iterable[str]) -> str:
        """Return the property path for any of some properties."""
        return "|".join(map(self, iris))

    def declared(self) -> str:
        """Return the PREFIX lines for what has been written, with an empty line after them."""
        return f"{ns.declared(self._used)}\n" if self._used else ""


_GRAPH = "GRAPH ?graph { ?subject ?property ?value }"


def query_of_thing(shapes: Shapes, prefixes: Prefixes, about: str) -> str:
    """Return the query for what the document about a thing says, with the graphs that say so.

    These are the thing's own statements, those of its parts, and those that refer to it.
    """
    composite = {field.path for field in shapes.fields if field.composite}
    names = Names(prefixes)
    path = names.path(sorted(composite))
    parts = f"  {{\n    <{about}> {path} ?subject .\n    {_GRAPH}\n  }} UNION" if path else ""
    blocks = (
        f"  {{\n    VALUES ?subject {{ <{about}> }}\n    {_GRAPH}\n  }} UNION",
        parts,
        f"  {{\n    VALUES ?value {{ <{about}> }}\n    {_GRAPH}\n  }}",
    )
    return (
        f"{names.declared()}SELECT DISTINCT ?graph ?subject ?property ?value WHERE {{\n"
        + "\n".join(filter(None, blocks))
        + "\n}\nORDER BY ?subject ?property ?graph ?value\n"
    )


def query_of_incoming(
    iris: Iris, prefixes: Prefixes, path: str, about: str, kind: Kind | None, language: Language
) -> str:
    """Return the query for the things of a type, or of any, that refer to a thing by a property."""
    names = Names(prefixes)
    space = iris.of(f"id/{kind.segment}/") if kind else ""
    lines = [
        f"  ?thing {names(path)} <{about}> .",
        *([f'  FILTER(STRSTARTS(STR(?thing), "{space}"))'] if kind else []),
        f'  OPTIONAL {{ ?thing {names.path(ns.LABELS)} ?name FILTER(LANG(?name) = "{language}") }}',
    ]
    body = "\n".join(lines)
    head = names.declared()
    return f"{head}SELECT DISTINCT ?thing ?name WHERE {{\n{body}\n}}\nORDER BY ?thing\n"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query for a list asks for: a type, values of its facets, an order."""

    kind: Kind
    #: values by facet; a thing has one of the values of each
    values: tuple[tuple[Facet, tuple[Value, ...]], ...] = ()
    order: str = BY_CODE


def query_of_list(
    iris: Iris,
    wanted: Wanted,
    language: Language,
    prefixes: Prefixes,
    limit: int,
    offset: int = 0,
) -> str:
    """Return the query for a page of a list, in the order of that list.

    No query can sort kana as dictionaries do: for the order by Japanese names it asks for all
    that is listed, whatever the page, sorted by the characters of the names.
    """
    names = Names(prefixes, dcterms=ns.DCTERMS, skos=ns.SKOS)
    space = iris.of(f"id/{wanted.kind.segment}/")
    lines = [
        f"  ?thing a <{wanted.kind.class_}> .",
        f'  FILTER(STRSTARTS(STR(?thing), "{space}"))',
        *_narrowed(wanted, names),
        "  OPTIONAL { ?thing skos:notation|dcterms:identifier ?any }",
        f'  OPTIONAL {{ ?thing skos:prefLabel ?label FILTER(LANG(?label) = "{language}") }}',
    ]
    keys, more, sorted_by = _sorted(wanted, names)
    columns = ["?thing", "(MIN(?any) AS ?code)", "(SAMPLE(?label) AS ?name)", *keys]
    shown = f"LIMIT {limit}" + (f" OFFSET {offset}\n" if offset else "\n")
    return (
        f"{names.declared()}SELECT {' '.join(columns)} WHERE {{\n"
        + "\n".join([*lines, *more])
        + f"\n}}\nGROUP BY ?thing\nORDER BY {sorted_by}?code ?thing\n"
        + ("" if wanted.order == BY_NAME else shown)
    )


def _narrowed(wanted: Wanted, names: Names) -> Iterator[str]:
    for number, (facet, values) in enumerate(wanted.values, 1):
        steps = ("^" * step.inverse + names(step.predicate) for step in facet.path)
        yield f"  ?thing {'/'.join(steps)} ?value{number} ."
        yield f"  VALUES ?value{number} {{ {' '.join(str(value.term) for value in values)} }}"


def _sorted(wanted: Wanted, names: Names) -> tuple[list[str], list[str], str]:
    """Return the columns and patterns that an order needs, and what comes before code and IRI."""
    if not wanted.order:
        return [], [], ""
    if wanted.order == BY_DATE:
        return (
            ["(MAX(STR(?date)) AS ?when)"],
            [f"  OPTIONAL {{ ?thing {names(date_of(wanted.kind) or '')} ?date }}"],
            "DESC(?when) ",
        )
    called = names.path(ns.LABELS)
    if wanted.order == BY_ENGLISH_NAME:
        return (
            ["(LCASE(MIN(STR(?english))) AS ?key)"],
            [f'  OPTIONAL {{ ?thing {called} ?english FILTER(LANG(?english) = "en") }}'],
            "(!BOUND(?key)) ?key ",
        )
    kana = f'FILTER(LCASE(LANG(?kana)) = "{KANA}")'
    return (
        ["(COALESCE(MIN(STR(?kana)), MIN(STR(?japanese))) AS ?key)"],
        [
            f"  OPTIONAL {{ ?thing {called}|skos:altLabel ?kana {kana} }}",
            f'  OPTIONAL {{ ?thing {called} ?japanese FILTER(LANG(?japanese) = "ja") }}',
        ],
        "(!BOUND(?key)) ?key ",
    )

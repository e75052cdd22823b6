"""The queries that give what pages show, so that a reader can go on from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish.browse.describe import LABELS
from publish.browse.facets import Facet, Value
from publish.browse.lists import BY_CODE, BY_DATE, BY_ENGLISH_NAME, BY_NAME, KANA, date_of
from publish.i18n import Language
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.turtle import Prefixes
from publish.shacl.shapes import Kind, Shapes

_GRAPH = "GRAPH ?graph { ?subject ?property ?value }"


def query_of_thing(shapes: Shapes, prefixes: Prefixes, about: str) -> str:
    """Return the query for what the document about a thing says, with the graphs that say so.

    These are the thing's own statements, those of its parts, and those that refer to it.
    """
    composite = {field.path for field in shapes.fields if field.composite}
    path, declared = _path(sorted(composite), prefixes)
    parts = f"  {{\n    <{about}> {path} ?subject .\n    {_GRAPH}\n  }} UNION" if path else ""
    blocks = (
        f"  {{\n    VALUES ?subject {{ <{about}> }}\n    {_GRAPH}\n  }} UNION",
        parts,
        f"  {{\n    VALUES ?value {{ <{about}> }}\n    {_GRAPH}\n  }}",
    )
    return (
        f"{declared}SELECT DISTINCT ?graph ?subject ?property ?value WHERE {{\n"
        + "\n".join(filter(None, blocks))
        + "\n}\nORDER BY ?subject ?property ?graph ?value\n"
    )


def query_of_incoming(
    iris: Iris, prefixes: Prefixes, path: str, about: str, kind: Kind | None, language: Language
) -> str:
    """Return the query for the things of a type, or of any, that refer to a thing by a property."""
    used = dict[str, str]()
    refers = _short(path, prefixes, used)
    names = "|".join(_short(label.value, prefixes, used) for label in LABELS)
    space = iris.of(f"id/{kind.segment}/") if kind else ""
    lines = [
        f"  ?thing {refers} <{about}> .",
        *([f'  FILTER(STRSTARTS(STR(?thing), "{space}"))'] if kind else []),
        f'  OPTIONAL {{ ?thing {names} ?name FILTER(LANG(?name) = "{language}") }}',
    ]
    body = "\n".join(lines)
    head = _declared(used, "\n")
    return f"{head}SELECT DISTINCT ?thing ?name WHERE {{\n{body}\n}}\nORDER BY ?thing\n"


def _path(predicates: Iterable[str], prefixes: Prefixes) -> tuple[str, str]:
    """Return the alternatives of a property path, and the prefixes that it needs."""
    used = dict[str, str]()
    steps = [_short(predicate, prefixes, used) for predicate in predicates]
    return "|".join(steps), _declared(used, "\n")


def _short(predicate: str, prefixes: Prefixes, used: dict[str, str]) -> str:
    """Return a property as a query writes it; a prefix that it needs is added to `used`."""
    short = ns.shorten(predicate, dict(prefixes))
    prefix, _, local = (short or "").partition(":")
    if not short or not local.isalnum():
        return f"<{predicate}>"
    used[prefix] = prefixes[prefix]
    return short


def _declared(used: Prefixes, end: str = "") -> str:
    lines = "".join(f"PREFIX {prefix}: <{used[prefix]}>\n" for prefix in sorted(used))
    return f"{lines}{end}" if lines else ""


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
    used = {"dcterms": ns.DCTERMS, "skos": ns.SKOS}
    space = iris.of(f"id/{wanted.kind.segment}/")
    lines = [
        f"  ?thing a <{wanted.kind.class_}> .",
        f'  FILTER(STRSTARTS(STR(?thing), "{space}"))',
        *_narrowed(wanted, prefixes, used),
        "  OPTIONAL { ?thing skos:notation|dcterms:identifier ?any }",
        f'  OPTIONAL {{ ?thing skos:prefLabel ?label FILTER(LANG(?label) = "{language}") }}',
    ]
    keys, more, sorted_by = _sorted(wanted, prefixes, used)
    columns = ["?thing", "(MIN(?any) AS ?code)", "(SAMPLE(?label) AS ?name)", *keys]
    shown = f"LIMIT {limit}" + (f" OFFSET {offset}\n" if offset else "\n")
    return (
        f"{_declared(used)}\nSELECT {' '.join(columns)} WHERE {{\n"
        + "\n".join([*lines, *more])
        + f"\n}}\nGROUP BY ?thing\nORDER BY {sorted_by}?code ?thing\n"
        + ("" if wanted.order == BY_NAME else shown)
    )


def _narrowed(wanted: Wanted, prefixes: Prefixes, used: dict[str, str]) -> Iterator[str]:
    for number, (facet, values) in enumerate(wanted.values, 1):
        steps = ("^" * step.inverse + _short(step.predicate, prefixes, used) for step in facet.path)
        yield f"  ?thing {'/'.join(steps)} ?value{number} ."
        yield f"  VALUES ?value{number} {{ {' '.join(str(value.term) for value in values)} }}"


def _sorted(
    wanted: Wanted, prefixes: Prefixes, used: dict[str, str]
) -> tuple[list[str], list[str], str]:
    """Return the columns and patterns that an order needs, and what comes before code and IRI."""
    if not wanted.order:
        return [], [], ""
    if wanted.order == BY_DATE:
        dated = _short(date_of(wanted.kind) or "", prefixes, used)
        return (
            ["(MAX(STR(?date)) AS ?when)"],
            [f"  OPTIONAL {{ ?thing {dated} ?date }}"],
            "DESC(?when) ",
        )
    names = "|".join(_short(label.value, prefixes, used) for label in LABELS)
    if wanted.order == BY_ENGLISH_NAME:
        return (
            ["(LCASE(MIN(STR(?english))) AS ?key)"],
            [f'  OPTIONAL {{ ?thing {names} ?english FILTER(LANG(?english) = "en") }}'],
            "(!BOUND(?key)) ?key ",
        )
    kana = f'FILTER(LCASE(LANG(?kana)) = "{KANA}")'
    return (
        ["(COALESCE(MIN(STR(?kana)), MIN(STR(?japanese))) AS ?key)"],
        [
            f"  OPTIONAL {{ ?thing {names}|skos:altLabel ?kana {kana} }}",
            f'  OPTIONAL {{ ?thing {names} ?japanese FILTER(LANG(?japanese) = "ja") }}',
        ],
        "(!BOUND(?key)) ?key ",
    )

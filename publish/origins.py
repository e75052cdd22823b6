"""The queries that give what pages show, so that a reader can go on from there."""

from __future__ import annotations

from collections.abc import Iterable

from publish import namespaces as ns
from publish.iris import Iris
from publish.languages import Language
from publish.shapes import Kind, Shapes
from publish.turtle import Prefixes

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


def _path(predicates: Iterable[str], prefixes: Prefixes) -> tuple[str, str]:
    """Return the alternatives of a property path, and the prefixes that it needs."""
    steps, used = list[str](), dict[str, str]()
    for predicate in predicates:
        short = ns.shorten(predicate, dict(prefixes))
        prefix, _, local = (short or "").partition(":")
        if local.isalnum():
            used[prefix] = prefixes[prefix]
        steps.append(short if short and local.isalnum() else f"<{predicate}>")
    lines = "".join(f"PREFIX {prefix}: <{used[prefix]}>\n" for prefix in sorted(used))
    return "|".join(steps), f"{lines}\n" if lines else ""


def query_of_list(iris: Iris, kind: Kind, language: Language, limit: int, offset: int) -> str:
    """Return the query for a page of the list of a type, in the order of that list."""
    return (
        f"PREFIX dcterms: <{ns.DCTERMS}>\nPREFIX skos: <{ns.SKOS}>\n\n"
        "SELECT ?thing (MIN(?any) AS ?code) (SAMPLE(?label) AS ?name) WHERE {\n"
        f"  ?thing a <{kind.class_}> .\n"
        f'  FILTER(STRSTARTS(STR(?thing), "{iris.of(f"id/{kind.segment}/")}"))\n'
        "  OPTIONAL { ?thing skos:notation|dcterms:identifier ?any }\n"
        f'  OPTIONAL {{ ?thing skos:prefLabel ?label FILTER(LANG(?label) = "{language}") }}\n'
        "}\nGROUP BY ?thing\nORDER BY ?code ?thing\n"
        f"LIMIT {limit}" + (f" OFFSET {offset}\n" if offset else "\n")
    )

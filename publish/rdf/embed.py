"""JSON-LD for a script element in a page: complete in itself, nothing to fetch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from publish.rdf.jsonld import Context, Writer
from publish.rdf.terms import narrowed


def json_ld(quads: Iterable[ox.Quad], context: Context, address: str) -> dict[str, Any]:
    """Return statements as JSON-LD with that part of the context which they use."""
    triples = {narrowed(quad) for quad in quads}
    written: dict[str, Any] = json.loads(Writer(context, address).write(triples))
    return written | {"@context": _used(context["@context"], written["@graph"])}


def _used(terms: Context, nodes: list[dict[str, Any]]) -> Context:
    """Return the terms that stand in the nodes, with the prefixes that they need."""
    names = {name for node in nodes for name in _names(node)} | {"id", "type"}
    needed = {name: terms[name] for name in names if name in terms}
    strings = [*names, *_strings(needed)]
    prefixes = {text.partition(":")[0] for text in strings if ":" in text}
    return {"@version": 1.1, **{n: terms[n] for n in sorted({*needed, *prefixes} & terms.keys())}}


def _names(node: dict[str, Any]) -> Iterator[str]:
    """Yield what a node uses as keys, types and datatypes."""
    yield from node
    yield from node.get("type", [])
    for values in node.values():
        for value in values if isinstance(values, list) else []:
            if isinstance(value, dict):
                yield value.get("@type", "")


def _strings(definitions: Context) -> Iterator[str]:
    for definition in definitions.values():
        yield from definition.values() if isinstance(definition, dict) else [str(definition)]

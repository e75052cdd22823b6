"""JSON-LD 1.1, written in the terms of a context.

Texts with languages become language maps, and values always stand in arrays where the context
says so: the form of the JSON does not change with the data. A document links to the context;
what is put into a page (`json_ld`) is complete in itself, so that nothing need be fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple, narrowed

Context = dict[str, Any]
_STRING = ns.XSD + "string"


class Writer:
    """Writes triples as JSON-LD in the terms of a context."""

    def __init__(self, context: Context, address: str) -> None:
        self.address = address
        self.prefixes = {
            name: space
            for name, space in context["@context"].items()
            if isinstance(space, str) and space.endswith(("#", "/"))
        }
        self.names: dict[str, str] = {}
        self.terms: dict[str, dict[str, str]] = {}
        for name, value in context["@context"].items():
            self._learn(name, value)

    def _learn(self, name: str, value: Any) -> None:
        definition = value if isinstance(value, dict) else {"@id": value}
        identifier = str(definition.get("@id", ""))
        if name in self.prefixes or identifier.startswith("@") or ":" not in identifier:
            return
        prefix, _, local = identifier.partition(":")
        iri = self.prefixes.get(prefix, prefix + ":") + local
        self.names[iri] = name
        self.terms[iri] = definition

    def write(self, triples: Iterable[Triple], *, inline: Context | None = None) -> str:
        """Return a JSON-LD document; the context is linked to, or `inline` is put into it."""
        nodes: dict[str, dict[str, Any]] = {}
        for subject, predicate, object_ in sorted(set(triples), key=str):
            self._add(nodes.setdefault(subject.value, {"id": subject.value}), predicate, object_)
        graph = [self._ordered(nodes[iri]) for iri in sorted(nodes)]
        context = inline["@context"] if inline else self.address
        return (
            json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"
        )

    def _add(self, node: dict[str, Any], predicate: ox.NamedNode, object_: Term) -> None:
        if predicate == TYPE:
            node.setdefault("type", []).append(
                self.names.get(object_.value, self._short(object_.value))
            )
            return
        definition = self.terms.get(predicate.value, {})
        name = self.names.get(predicate.value)
        value = self._plain(object_, definition)
        if name is None or value is None:
            node.setdefault(self._short(predicate.value), []).append(self._expanded(object_))
        elif definition.get("@container") == "@language" and isinstance(object_, ox.Literal):
            node.setdefault(name, {}).setdefault(object_.language, []).append(value)
        else:
            node.setdefault(name, []).append(value)

    def _plain(self, object_: Term, definition: dict[str, str]) -> str | None:
        """Return the value as the term's definition lets it be written, or None."""
        wanted = definition.get("@type")
        if isinstance(object_, ox.NamedNode):
            return object_.value if wanted == "@id" else None
        if definition.get("@container") == "@language":
            return object_.value if object_.language else None
        datatype = object_.datatype.value
        if wanted is None:
            return object_.value if datatype == _STRING else None
        return object_.value if self._short(datatype) == wanted else None

    def _expanded(self, object_: Term) -> dict[str, str]:
        if isinstance(object_, ox.NamedNode):
            return {"@id": object_.value}
        if object_.language:
            return {"@value": object_.value, "@language": object_.language}
        if object_.datatype.value == _STRING:
            return {"@value": object_.value}
        return {"@value": object_.value, "@type": self._short(object_.datatype.value)}

    def _short(self, iri: str) -> str:
        short = ns.shorten(iri, self.prefixes)
        return short if short and re.fullmatch(r"[a-z0-9-]+:[A-Za-z0-9_-]+", short) else iri

    @staticmethod
    def _ordered(node: dict[str, Any]) -> dict[str, Any]:
        first = {name: node[name] for name in ("id", "type") if name in node}
        return first | {name: node[name] for name in sorted(node) if name not in first}


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

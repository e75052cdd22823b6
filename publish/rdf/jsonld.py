"""JSON-LD 1.1, written in the terms of a context.

Texts with languages become language maps, and values always stand in arrays where the context
says so: the form of the JSON does not change with the data. A document has the part of the context
that it uses, so that nothing need be fetched to read it, now or in ten years.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple

Context = dict[str, Any]
_STRING = ns.XSD + "string"


class Writer:
    """Writes triples as JSON-LD in the terms of a context."""

    def __init__(self, context: Context) -> None:
        self.context: Context = context["@context"]
        self.prefixes = {
            name: space
            for name, space in self.context.items()
            if isinstance(space, str) and space.endswith(("#", "/"))
        }
        self.names: dict[str, str] = {}
        self.terms: dict[str, dict[str, str]] = {}
        for name, value in self.context.items():
            self._learn(name, value)

    def _learn(self, name: str, value: Any) -> None:
        definition = value if isinstance(value, dict) else {"@id": value}
        identifier = str(definition.get("@id", ""))
        if name in self.prefixes or identifier.startswith("@") or ":" not in identifier:
            return
        iri = self._long(identifier)
        self.names[iri] = name
        self.terms[iri] = definition

    def _long(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.prefixes.get(prefix, prefix + ":") + local

    def write(self, triples: Iterable[Triple]) -> str:
        """Return triples as a JSON-LD document with that part of the context which it uses."""
        return json.dumps(self.document(triples), ensure_ascii=False, indent=1) + "\n"

    def document(self, triples: Iterable[Triple]) -> dict[str, Any]:
        """Return the same as a JSON value."""
        ordered = sorted(set(triples), key=str)
        if clashing := self._schemes(ordered) & self.prefixes.keys():
            return Writer(self._without(clashing)).document(ordered)
        nodes: dict[str, dict[str, Any]] = {}
        for subject, predicate, object_ in ordered:
            self._add(nodes.setdefault(subject.value, {"id": subject.value}), predicate, object_)
        graph = [self._ordered(nodes[iri]) for iri in sorted(nodes)]
        return {"@context": _used(self.context, graph), "@graph": graph}

    @staticmethod
    def _schemes(triples: Iterable[Triple]) -> set[str]:
        """Return the schemes of IRIs that are no addresses: `geo:43,141` could have a prefix."""
        iris = {
            term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)
        }
        return {iri.partition(":")[0] for iri in iris if "://" not in iri}

    def _without(self, prefixes: Collection[str]) -> Context:
        """Return the context without some prefixes."""

        def spelt(value: Any) -> Any:
            if isinstance(value, dict):
                return {name: spelt(text) for name, text in value.items()}
            is_short = isinstance(value, str) and value.partition(":")[0] in prefixes
            return self._long(value) if is_short else value

        kept = {name: value for name, value in self.context.items() if name not in prefixes}
        return {"@context": {name: spelt(value) for name, value in kept.items()}}

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


def _used(terms: Context, nodes: list[dict[str, Any]]) -> Context:
    """Return the terms that stand in the nodes, with the prefixes that they need, by name."""
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

"""The JSON-LD 1.1 context made from the shapes, and JSON-LD written in its terms.

Each property that a shape describes becomes a term named by its local name: IRIs are typed
`@id`, texts with languages become language maps whose values are always arrays, so that the
form of the JSON does not change with the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple
from publish.shacl.shapes import Field, Shapes

Context = dict[str, Any]
_LANG_STRING = ns.RDF + "langString"
_STRING = ns.XSD + "string"


def context_of(shapes: Shapes, prefixes: dict[str, str]) -> Context:
    """Return the context: prefixes, then a term for each class and property of the shapes.

    Prefixes of things (`pillar:`) are left out: their names are those of properties, and JSON-LD
    gives the IRIs of things in full.
    """
    things = shapes.iris.of("id/")
    terms: Context = {"id": "@id", "type": "@type"}
    terms |= {name: iri for name, iri in sorted(prefixes.items()) if not iri.startswith(things)}
    for kind in shapes.kinds:
        terms[_free(kind.class_, terms)] = _name(kind.class_, prefixes)
    for field in (field for field in shapes.fields if field.path != TYPE.value):
        terms[_free(field.path, terms)] = _definition(field, prefixes)
    return {"@context": {"@version": 1.1, **terms}}


def _free(iri: str, taken: Context) -> str:
    """Return the local name of an IRI, with a number of its namespace if it is taken."""
    local = re.split(r"[#/]", iri)[-1]
    number = 2
    name = local
    while name in taken:
        name, number = f"{local}{number}", number + 1
    return name


def _name(iri: str, prefixes: dict[str, str]) -> str:
    return ns.shorten(iri, prefixes) or iri


def _definition(field: Field, prefixes: dict[str, str]) -> Any:
    definition: dict[str, str] = {"@id": _name(field.path, prefixes)}
    if field.is_iri:
        definition |= {"@type": "@id", "@container": "@set"}
    elif field.datatype == _LANG_STRING:
        definition |= {"@container": "@language"}
    elif field.datatype and field.datatype != _STRING:
        definition |= {"@type": _name(field.datatype, prefixes), "@container": "@set"}
    else:
        definition |= {"@container": "@set"}
    return definition


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

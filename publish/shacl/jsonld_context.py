"""The JSON-LD 1.1 context made from the shapes.

Each property that a shape describes becomes a term named by its local name: IRIs are typed
`@id`, texts with languages become language maps whose values are always arrays, so that the
form of the JSON does not change with the data.
"""

from __future__ import annotations

import re
from typing import Any

from publish.rdf import namespaces as ns
from publish.rdf.jsonld import Context
from publish.rdf.terms import TYPE
from publish.shacl.shapes import Field, Shapes

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
        terms[_free(kind.class_, terms, prefixes)] = _name(kind.class_, prefixes)
    for field in (field for field in shapes.fields if field.path != TYPE.value):
        terms[_free(field.path, terms, prefixes)] = _definition(field, prefixes)
    return {"@context": {"@version": 1.1, **terms}}


def _free(iri: str, taken: Context, prefixes: dict[str, str]) -> str:
    """Return the local name of an IRI; if it is taken, with its prefix (`orgIdentifier`), or a number."""
    local = re.split(r"[#/]", iri)[-1]
    number = 2
    name = local
    prefix, colon, _ = _name(iri, prefixes).partition(":")
    if local in taken and colon and prefix in prefixes:
        name = f"{prefix}{local[:1].upper()}{local[1:]}"
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

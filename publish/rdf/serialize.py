"""Triples and quads -> bytes in any format of the formats table, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from publish import formats
from publish.formats import Format
from publish.rdf import rdfxml
from publish.rdf.canonical import canonical_lines
from publish.rdf.jsonld import Context, Writer
from publish.rdf.terms import Triple, narrowed
from publish.rdf.turtle import Prefixes, trig, turtle


@dataclass(frozen=True)
class Serialiser:
    """What the writers need to know: prefixes, and the JSON-LD context."""

    prefixes: Prefixes
    context: Context

    def write(self, quads: Iterable[ox.Quad], format_: Format) -> bytes:
        """Return quads in a format; formats without graphs get the union of the graphs.

        Raises ValueError for a format that is not an RDF format, and its subclass
        `rdfxml.Unsayable` for statements that RDF/XML cannot express.
        """
        if format_ == formats.TRIG:
            return trig(quads, self.prefixes).encode()
        if format_ == formats.NQUADS:
            return _lines(canonical_lines(quads))
        triples = {narrowed(quad) for quad in quads}
        if format_ == formats.TURTLE:
            return turtle(triples, self.prefixes).encode()
        if format_ == formats.NTRIPLES:
            return _lines(sorted(f"{s} {p} {o} ." for s, p, o in triples))
        if format_ == formats.JSONLD:
            return self._json_ld.write(triples).encode()
        if format_ == formats.RDFXML:
            return self._rdf_xml(triples)
        raise ValueError(f"not an RDF format: {format_.suffix}")

    def embedded(self, quads: Iterable[ox.Quad]) -> dict[str, Any]:
        """Return quads as JSON-LD to be put into a page."""
        return self._json_ld.document({narrowed(quad) for quad in quads})

    @cached_property
    def _json_ld(self) -> Writer:
        return Writer(self.context)

    def _rdf_xml(self, triples: set[Triple]) -> bytes:
        ordered = sorted(triples, key=lambda triple: tuple(map(str, triple)))
        statements = [ox.Triple(*triple) for triple in ordered]
        return b"".join(rdfxml.written(statements, self.prefixes))


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def json_bytes(value: object) -> bytes:
    """Return a JSON value as indented UTF-8 text."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

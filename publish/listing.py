"""The things of a type: their order, what a list says about them, and the same as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from publish import namespaces as ns
from publish.document import labels_of
from publish.iris import Iris
from publish.shapes import Field, Kind
from publish.terms import TYPE, Term, node, triples

#: Between several values of one cell.
SEPARATOR = " | "
_CODES = (node(ns.SKOS + "notation"), node(ns.DCTERMS + "identifier"))
_LANG_STRING = ns.RDF + "langString"


def members(store: ox.Store, iris: Iris, kind: Kind) -> tuple[str, ...]:
    """Return the IRIs of all things of a type: by notation or code if they have one, else by key."""
    space = iris.of(f"id/{kind.segment}/")
    found = {subject for subject, _, _ in triples(store, None, TYPE, node(kind.class_))}
    own = [subject for subject in found if subject.value.startswith(space)]
    return tuple(subject.value for subject in sorted(own, key=lambda s: _order(store, s)))


def _order(store: ox.Store, subject: ox.NamedNode) -> tuple[str, str]:
    codes = [term.value for code in _CODES for _, _, term in triples(store, subject, code)]
    return min(codes, default=""), subject.value


def statements(store: ox.Store, iris: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the types and labels of things: what the data twins of a list say."""
    for subject in map(node, iris):
        yield from store.quads_for_pattern(subject, TYPE, None)
        yield from labels_of(store, (subject,))


def table(store: ox.Store, kind: Kind, iris: Sequence[str]) -> bytes:
    """Return things as CSV (RFC 4180, UTF-8): a row each, the columns in the shape's order.

    A text has a column for each language; several values stand in one cell, separated by " | ".
    """
    columns = [column for field in kind.fields for column in _columns(field)]
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(["iri", *(header for header, _, _ in columns)])
    for iri in iris:
        cells = [_cell(store, node(iri), field, language) for _, field, language in columns]
        writer.writerow([iri, *cells])
    return output.getvalue().encode()


def _columns(field: Field) -> Iterator[tuple[str, Field, str | None]]:
    name = field.path.replace("#", "/").rpartition("/")[2]
    if field.path == TYPE.value:
        return
    if field.datatype == _LANG_STRING:
        yield f"{name}_ja", field, "ja"
        yield f"{name}_en", field, "en"
    else:
        yield name, field, None


def _cell(store: ox.Store, subject: ox.NamedNode, field: Field, language: str | None) -> str:
    found = {object_ for _, _, object_ in triples(store, subject, node(field.path))}
    wanted = [term.value for term in found if language is None or _in(term, language)]
    return SEPARATOR.join(sorted(wanted))


def _in(term: Term, language: str) -> bool:
    return isinstance(term, ox.Literal) and term.language == language

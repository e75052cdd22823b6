"""Ontologies of others: copies in `ontology/`, loaded and validated against, never published.

A file in `ontology/` that declares an `owl:Ontology` outside the base is such a copy (DESIGN, end of
"Identifiers"). Its terms count as declared, its class hierarchy is known to rules and shapes, and pages
use its labels; but it is no content: neither dumps nor counts nor the SPARQL endpoint have it, so that
who loads our dump beside its publisher's has each statement once. Its terms are looked up where their
publisher serves them. A release keeps the copy as it was written, because it was validated with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from publish.iris import Iris
from publish.project.turtle_files import Statement, read_turtle
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple

#: Where a project and a release keep ontologies.
DIRECTORY = "ontology"
#: The graph of what is not ours; no file can be named so.
BORROWED = ":borrowed"
_ONTOLOGY = ox.NamedNode(ns.OWL + "Ontology")


def ontologies(triples: Iterable[Triple]) -> set[str]:
    """Return the IRIs that are said to be ontologies."""
    return {subject.value for subject, *said in triples if said == [TYPE, _ONTOLOGY]}


def set_apart(statements: Iterable[Statement], iris: Iris) -> Iterator[Statement]:
    """Yield the statements of a file in `ontology/`, in the graph BORROWED if it is a copy."""
    listed = list(statements)
    declared = ontologies(statement.triple for statement in listed)
    theirs = any(iris.relative(iri) is None for iri in declared)
    for statement in listed:
        yield replace(statement, graph=BORROWED) if theirs else statement


def borrowed_files(release: Path) -> list[Path]:
    """Return the copies that a release keeps, in a fixed order."""
    return sorted((release / DIRECTORY).glob("*.ttl"))


def read_borrowed(release: Path, iris: Iris) -> ox.Store:
    """Return what the copies in a release say, for names and for the page about vocabularies."""
    store = ox.Store()
    for path in borrowed_files(release):
        found = read_turtle(path, BORROWED, iris, release)
        store.extend(ox.Quad(*statement.triple) for statement in found)
    return store

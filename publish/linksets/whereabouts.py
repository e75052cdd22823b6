"""Where in a project's files links are stated, and what is said of their linksets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from publish.errors import Place
from publish.linksets.links import Link
from publish.project.dataset import Dataset
from publish.project.turtle_files import Origin, Statement
from publish.rdf import namespaces as ns
from publish.rdf.line_numbers import lines_of


class Places(Protocol):
    """Where links stand, and what is said of linksets and data sets."""

    def of(self, link: Link) -> list[Place]:
        """Return all places of a link, in order."""

    def about(self, iri: str) -> list[Place]:
        """Return where something is first said of an IRI."""


@dataclass
class SourcePlaces:
    """Places in a project's files, all of them."""

    project: Path
    base: str
    origins: dict[tuple[str, str, str], list[Origin]] = field(
        default_factory=lambda: defaultdict(list)
    )
    #: the first statement about an IRI, and the first that makes it the target of a linkset
    abouts: dict[str, Statement] = field(default_factory=dict)
    targets: dict[str, Statement] = field(default_factory=dict)

    def note(self, statement: Statement) -> None:
        """Remember where a statement stands."""
        subject, predicate, object_ = statement.triple
        self.abouts.setdefault(subject.value, statement)
        if predicate.value == ns.VOID + "objectsTarget":
            self.targets.setdefault(object_.value, statement)
        if isinstance(object_, ox.NamedNode):
            key = (subject.value, predicate.value, object_.value)
            self.origins[key].append(statement.origin)

    def of(self, link: Link) -> list[Place]:
        """Return all places of a link, in order."""
        found = [self._place(link, origin) for origin in self.origins.get(link, ())]
        return sorted(dict.fromkeys(found), key=lambda one: (one.file, one.line or 0))

    def about(self, iri: str) -> list[Place]:
        """Return where something is first said of an IRI, or else where a linkset leads to it."""
        first = self.abouts.get(iri) or self.targets.get(iri)
        return [first.origin.place(self.project, first.triple, self.base)] if first else []

    def _place(self, link: Link, origin: Origin) -> Place:
        line = lines_of(origin.path, self.base).get(link) if origin.line is None else None
        known = Origin(origin.path, line, origin.column) if line else origin
        triple = (ox.NamedNode(link[0]), ox.NamedNode(link[1]), ox.NamedNode(link[2]))
        return known.place(self.project, triple, self.base)


@dataclass(frozen=True, slots=True)
class DatasetPlaces:
    """Places as a dataset knows them: one for each statement."""

    dataset: Dataset

    def of(self, link: Link) -> list[Place]:
        """Return the place of a link."""
        subject, predicate, object_ = (ox.NamedNode(iri) for iri in link)
        place = self.dataset.place_of((subject, predicate, object_))
        return [place] if place else []

    def about(self, iri: str) -> list[Place]:
        """Return where something is said of an IRI, or else where a linkset leads to it."""
        wanted = ox.NamedNode(iri)
        stated = (triple for triple in self.dataset.found if triple[0] == wanted)
        linked = (triple for triple in self.dataset.found if triple[2] == wanted)
        first = next(chain(stated, linked), None)
        place = self.dataset.place_of(first) if first else None
        return [place] if place else []

"""All checks of links, over the sources of a project or the content of a release, and their report.

What is found is told with its places in the project's files, where these are at hand.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from publish.errors import GraphError, Place, Problem, SourceError
from publish.i18n import Language, Text
from publish.iris import Iris
from publish.linksets.conflicts import chains, contradictions, strays
from publish.linksets.iri_patterns import misspelt
from publish.linksets.links import SEVERITIES, TITLES, Crosslinks, Flaw, Link, crosslinks_of
from publish.project.dataset import CATALOG, Dataset, read_statements
from publish.project.turtle_files import Origin, Statement
from publish.project.withdrawn import Withdrawals, read_source
from publish.rdf import namespaces as ns
from publish.rdf.line_numbers import lines_of
from publish.rdf.terms import Triple, narrowed


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
    triples: list[Triple] = field(default_factory=list)
    origins: dict[tuple[str, str, str], list[Origin]] = field(
        default_factory=lambda: defaultdict(list)
    )
    #: the first statement about an IRI, and the first that makes it the target of a linkset
    abouts: dict[str, Statement] = field(default_factory=dict)
    targets: dict[str, Statement] = field(default_factory=dict)

    def note(self, statement: Statement) -> None:
        """Remember where a statement stands."""
        self.triples.append(statement.triple)
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


# -- Checks ---------------------------------------------------------------------------------------

_REPEATED = Text(
    "同じリンク（{subject} から「{object}」へ）が{many}回書かれています。ほかに {others} にもあります。",
    'The same link (from {subject} to "{object}") is stated {many} times, also at {others}.',
)
_ONCE = Text("一つだけ残してください。", "Leave it once.")
#: Other places that a message lists.
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A flaw, and where the links that it is about are stated, if that is known."""

    flaw: Flaw
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the checks of the links of a data set have found, errors first."""

    crosslinks: Crosslinks
    found: tuple[Found, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether there is no error."""
        return all(one.flaw.severity != "error" for one in self.found)

    def count(self, severity: str) -> int:
        """Return how many flaws there are of a severity."""
        return sum(one.flaw.severity == severity for one in self.found)


def of_project(project: Path, iris: Iris) -> Upkeep:
    """Check the links of a project's sources; nothing but the files is looked at.

    Raises SourceError with all problems of files that cannot be read.
    """
    places = SourcePlaces(project, iris.base)
    if problems := read_statements(project, iris, places.note):
        raise SourceError.of(problems)
    upkeep = _checked(crosslinks_of(places.triples, iris), read_source(project), places)
    found = [*upkeep.found, *_repeated(upkeep.crosslinks, places)]
    return Upkeep(upkeep.crosslinks, tuple(sorted(found, key=_order)))


def of_dataset(dataset: Dataset, withdrawals: Withdrawals) -> Upkeep:
    """Check the links of a project that was read; what is stated twice shows only in its files."""
    crosslinks = crosslinks_of(list(dataset.found), dataset.iris)
    return _checked(crosslinks, withdrawals, DatasetPlaces(dataset))


def of_quads(quads: Iterable[ox.Quad], iris: Iris, withdrawals: Withdrawals) -> Upkeep:
    """Check the links among the statements of a release; what the catalogue says is left out."""
    catalog = ox.NamedNode(iris.graph(CATALOG))
    content = [narrowed(quad) for quad in quads if quad.graph_name != catalog]
    return _checked(crosslinks_of(content, iris), withdrawals, None)


#: Flaws that make two things of ours one, which no later step can mend: no release has them.
_MERGING = frozenset(("ours", "chain"))
_STATED = Text("{what}書かれているのは {places} です。", "{what} Stated at {places}.")


def require_distinct(upkeep: Upkeep) -> None:
    """Raise GraphError if links make two things of ours the same, with each link's place."""
    problems = []
    for found in upkeep.found:
        if found.flaw.kind in _MERGING and found.flaw.severity == "error":
            places = ", ".join(map(str, found.places))
            what = _STATED.format(what=found.flaw.what, places=places)
            first = next(iter(found.places), None)
            problems.append(Problem(what if places else found.flaw.what, found.flaw.remedy, first))
    if problems:
        raise GraphError.of(problems)


def _checked(crosslinks: Crosslinks, withdrawals: Withdrawals, places: Places | None) -> Upkeep:
    flaws = [
        *misspelt(crosslinks),
        *contradictions(crosslinks),
        *chains(crosslinks),
        *strays(crosslinks, withdrawals),
    ]
    found = [Found(flaw, _places_of(flaw, places)) for flaw in flaws]
    return Upkeep(crosslinks, tuple(sorted(found, key=_order)))


def _places_of(flaw: Flaw, places: Places | None) -> tuple[Place, ...]:
    if places is None:
        return ()
    if not flaw.links:
        return tuple(places.about(flaw.about))
    return tuple(dict.fromkeys(place for link in flaw.links for place in places.of(link)))


def _repeated(crosslinks: Crosslinks, places: SourcePlaces) -> Iterator[Found]:
    for link in crosslinks.links:
        many = len(places.origins.get(link, ()))
        if many < 2:
            continue
        stated = places.of(link)
        others = ", ".join(map(str, stated[1 : _LISTED + 1] or stated))
        subject = crosslinks.iris.relative(link.subject) or link.subject
        what = _REPEATED.format(subject=subject, object=link.object, many=many, others=others)
        yield Found(Flaw("repeated", "warning", what, _ONCE, (link,)), tuple(stated))


def _order(found: Found) -> tuple[object, ...]:
    flaw = found.flaw
    first = found.places[0] if found.places else Place("")
    kinds = list(TITLES)
    return (
        list(SEVERITIES).index(flaw.severity),
        first.file,
        first.line or 0,
        kinds.index(flaw.kind),
        flaw.links,
        flaw.about,
    )


# -- Reports --------------------------------------------------------------------------------------

_FINE = Text(
    "リンク{links}件（リンクセット{linksets}組）に、誤りはありません（注意{warnings}件）。",
    "{links} links in {linksets} linksets: no errors, {warnings} warnings.",
)
_WRONG = Text(
    "リンク{links}件（リンクセット{linksets}組）に、誤りが{errors}件、注意が{warnings}件あります。",
    "{links} links in {linksets} linksets: {errors} errors, {warnings} warnings.",
)


def summary(upkeep: Upkeep) -> Text:
    """Return in one sentence what was looked at and what was found."""
    text = _FINE if upkeep.conforms else _WRONG
    return text.format(
        links=len(upkeep.crosslinks.outgoing),
        linksets=len(upkeep.crosslinks.linksets),
        errors=upkeep.count("error"),
        warnings=upkeep.count("warning"),
    )


def as_text(upkeep: Upkeep, language: Language) -> str:
    """Return the report in one language, a line for each flaw."""
    lines = [line_of(found, language) for found in upkeep.found]
    return "\n".join([*lines, summary(upkeep).in_(language)]) + "\n"


def line_of(found: Found, language: Language) -> str:
    """Return a finding as one line in one language."""
    flaw = found.flaw
    marked = Text("［{severity}］{what}", "{severity}: {what}")
    what = marked.format(severity=SEVERITIES[flaw.severity], what=flaw.what)
    return Problem(what, flaw.remedy, next(iter(found.places), None)).said(language)


def as_json(upkeep: Upkeep) -> str:
    """Return the report as JSON."""
    said = {
        "conforms": upkeep.conforms,
        "links": len(upkeep.crosslinks.outgoing),
        "linksets": len(upkeep.crosslinks.linksets),
        "errors": upkeep.count("error"),
        "warnings": upkeep.count("warning"),
        "kinds": dict(sorted(Counter(one.flaw.kind for one in upkeep.found).items())),
        "findings": [member_of(found) for found in upkeep.found],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def member_of(found: Found) -> Mapping[str, Any]:
    """Return a finding as JSON has it."""
    flaw = found.flaw
    return {
        "kind": flaw.kind,
        "severity": flaw.severity,
        "title": TITLES[flaw.kind].as_json(),
        "what": flaw.what.as_json(),
        "remedy": flaw.remedy.as_json(),
        "links": [link._asdict() for link in flaw.links],
        "about": flaw.about or None,
        "places": [place.as_json() for place in found.places],
    }

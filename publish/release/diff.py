"""Two releases -> what was added, changed and withdrawn between them.

The N-Quads of a release are sorted, so two releases are walked through side by side, subject by
subject, however large they are; memory is taken only by what differs. Only content is compared:
graph/catalog follows from it. A release of another base is read as if it had the newer one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Literal, get_args

import pyoxigraph as ox

from publish.browse.describe import LABELS
from publish.errors import Place, ReleaseError
from publish.i18n import LANGUAGES, Language, Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal
from publish.rdf.canonical import canonical_lines, rebased
from publish.rdf.terms import narrowed
from publish.release.manifest import Manifest, described
from publish.release.release import CONTENT_QUADS, Release

#: What became of a thing. `vanished`: it is gone, and nobody says why.
Fate = Literal["added", "changed", "withdrawn", "vanished"]
FATES: tuple[Fate, ...] = get_args(Fate)
#: The "type" of the terms of a project's own vocabulary, which are no things under id/.
ONTOLOGY = "ontology"

Lines = tuple[str, ...]
Names = dict[Language, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two releases, as its manifest describes it."""

    release: str
    base: str
    content_hash: str
    modified: str | None
    version: str | None

    @classmethod
    def of(cls, manifest: Manifest) -> Side:
        """Return what a comparison tells of a release."""
        m = manifest
        return cls(m.release, m.base, m.content_hash, m.modified, m.version)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a thing: the statements (N-Quads lines, sorted) that it lost and gained."""

    iri: str
    type: str
    fate: Fate
    names: Names
    removed: Lines = ()
    added: Lines = ()
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things met which fate, by type, and how many triples left or joined each graph."""

    types: Mapping[str, Mapping[Fate, int]]
    #: graph -> (removed, added)
    graphs: Mapping[str, tuple[int, int]]

    def of(self, fate: Fate) -> int:
        """Return how many things met a fate."""
        return sum(found.get(fate, 0) for found in self.types.values())

    @property
    def removed(self) -> int:
        """Return the number of triples that are no more."""
        return sum(removed for removed, _ in self.graphs.values())

    @property
    def added(self) -> int:
        """Return the number of triples that are new."""
        return sum(added for _, added in self.graphs.values())

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not self.types and not self.graphs


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one release to another; things by type and IRI."""

    old: Side
    new: Side
    things: tuple[Change, ...]
    #: statements about what is no thing of ours, such as the targets of links
    other_removed: Lines = ()
    other_added: Lines = ()

    @property
    def removed(self) -> list[str]:
        """Return all statements that are no more, as sorted N-Quads lines."""
        return sorted([*(line for one in self.things for line in one.removed), *self.other_removed])

    @property
    def added(self) -> list[str]:
        """Return all statements that are new, as sorted N-Quads lines."""
        return sorted([*(line for one in self.things for line in one.added), *self.other_added])

    @property
    def counts(self) -> Counts:
        """Return the counts."""
        types: dict[str, Counter[Fate]] = {}
        for one in self.things:
            types.setdefault(one.type, Counter())[one.fate] += 1
        iris = Iris.at(self.new.base)
        removed, added = (_by_graph(lines, iris) for lines in (self.removed, self.added))
        graphs = sorted(removed.keys() | added.keys())
        return Counts(types, {name: (removed[name], added[name]) for name in graphs})

    def of(self, fate: Fate) -> tuple[Change, ...]:
        """Return the things that met a fate."""
        return tuple(one for one in self.things if one.fate == fate)


def _by_graph(lines: Iterable[str], iris: Iris) -> Counter[str]:
    return Counter(graph_in(line, iris) for line in lines)


def graph_in(line: str, iris: Iris) -> str:
    """Return the short name of the graph that an N-Quads line puts its statement in."""
    graph = line.rsplit(" ", 2)[1][1:-1]
    return iris.graph_name(graph) or graph


def parsed(lines: Iterable[str]) -> list[ox.Quad]:
    """Return N-Quads lines as quads."""
    return list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))


def compare(old: Release, new: Release) -> Difference:
    """Return what changed from one release to another.

    Raises ReleaseError, naming the release, if one cannot be read or is not what its manifest
    says.
    """
    iris = new.iris
    things: list[Change] = []
    other_removed: list[str] = []
    other_added: list[str] = []
    for subject, before, after in _differing(old, new):
        removed, added = _without(before, after), _without(after, before)
        type_ = type_of(subject, iris)
        if type_ is None:
            other_removed += removed
            other_added += added
            continue
        said = new.withdrawn.get(iris.thing_parts(subject) or ("", ""))
        fate = _fate(before, after, said)
        names = _names(after or before)
        told = said if fate == "withdrawn" else None
        things.append(Change(subject, type_, fate, names, removed, added, told))
    things += _announced(old, new, {one.iri for one in things})
    things.sort(key=lambda one: (one.type, one.iri))
    sides = Side.of(old.manifest), Side.of(new.manifest)
    return Difference(*sides, tuple(things), tuple(other_removed), tuple(other_added))


def _without(lines: list[str], others: list[str]) -> Lines:
    known = set(others)
    return tuple(line for line in lines if line not in known)


def type_of(iri: str, iris: Iris) -> str | None:
    """Return the type of a thing by its IRI; None for what is no thing and no term of ours."""
    parts = iris.thing_parts(iri)
    if parts:
        return parts[0]
    ontology = iris.of(ONTOLOGY)
    return ONTOLOGY if iri == ontology or iri.startswith(f"{ontology}#") else None


def _fate(before: list[str], after: list[str], withdrawal: Withdrawal | None) -> Fate:
    if before and after:
        return "changed"
    if after:
        return "added"
    return "withdrawn" if withdrawal else "vanished"


def _announced(old: Release, new: Release, told: set[str]) -> Iterator[Change]:
    """Yield what only the lists of withdrawn things tell: a new entry, or one that is missing."""
    before, after = old.withdrawn, new.withdrawn
    fates: dict[tuple[str, str], Fate] = dict.fromkeys(after.keys() - before.keys(), "withdrawn")
    fates |= dict.fromkeys(before.keys() - after.keys(), "vanished")
    for key, fate in fates.items():
        iri = new.iris.thing(*key)
        if iri not in told:
            yield Change(iri, key[0], fate, {}, withdrawal=after.get(key))


def _names(lines: Iterable[str]) -> Names:
    """Return the name of a thing in each language that has one, from its own statements."""
    wanted = [f" {label} " for label in LABELS]
    said = parsed(line for line in lines if any(label in line for label in wanted))
    found: Names = {}
    for label in LABELS:
        for quad in said:
            _, predicate, object_ = narrowed(quad)
            for known in LANGUAGES if predicate == label else ():
                if isinstance(object_, ox.Literal) and object_.language == known:
                    found.setdefault(known, object_.value)
    return {known: found[known] for known in LANGUAGES if known in found}


def _differing(old: Release, new: Release) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield (subject, its statements before, after) wherever the two are not the same."""
    if old.manifest.content_hash == new.manifest.content_hash:
        return
    marked = merge(_subjects(old, 0, new.iris.base), _subjects(new, 1, new.iris.base))
    for subject, found in groupby(marked, key=itemgetter(0)):
        sides = {side: lines for _, side, lines in found}
        before, after = sides.get(0, []), sides.get(1, [])
        if before != after:
            yield subject[1:-1], before, after


def _subjects(release: Release, side: int, base: str) -> Iterator[tuple[str, int, list[str]]]:
    """Yield (subject, side, its lines) in order; raises ReleaseError if they are not in order."""
    last = ""
    for subject, lines in groupby(_lines(release, base), key=lambda line: line.partition(" ")[0]):
        if subject <= last:
            raise unreadable(release, Text("行が整列していません", "its lines are not sorted"))
        last = subject
        yield subject, side, list(lines)


def _lines(release: Release, base: str) -> Iterator[str]:
    """Yield the sorted N-Quads of the content under a base; raises ReleaseError."""
    path = release.path / CONTENT_QUADS
    stated = release.manifest.file(CONTENT_QUADS)
    try:
        if stated is None or described(release.path, path) != stated:
            raise unreadable(release, Text("内容が目録と違います", "not what its manifest says"))
        if release.manifest.base == base:
            with path.open(encoding="utf-8", newline="\n") as source:
                yield from (line.removesuffix("\n") for line in source)
        else:
            quads = ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
            yield from canonical_lines(rebased(q, release.manifest.base, base) for q in quads)
    except (OSError, SyntaxError) as error:
        raise unreadable(release, Text(str(error), str(error))) from error


def unreadable(release: Release, why: Text) -> ReleaseError:
    """Return the error of a release that cannot be compared."""
    return ReleaseError(
        Text(
            "リリース {id} は比較できません（{why}）。",
            "Release {id} cannot be compared ({why}).",
        ).format(id=release.id, why=why),
        Text(
            "作り直すか、控えから戻してください。",
            "Make it again, or restore it from a backup.",
        ),
        Place(str(release.path / CONTENT_QUADS)),
    )

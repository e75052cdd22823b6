"""Two releases -> what was added, changed and withdrawn between them.

The N-Quads of a release are sorted, so two releases are walked through side by side, subject by
subject, however large they are; memory is taken only by what differs. Only content is compared:
graph/catalog follows from it. A release of another base is read as if it had the newer one's.

What was found is written as JSON, Turtle (ActivityStreams 2.0) and text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, get_args

import pyoxigraph as ox

from publish.errors import Place, ReleaseError
from publish.i18n import LANGUAGES, Language, Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal
from publish.rdf import namespaces as ns
from publish.rdf.canonical import canonical_lines, rebased
from publish.rdf.serialize import json_bytes
from publish.rdf.terms import TYPE, Term, Triple, narrowed, node
from publish.rdf.turtle import Prefixes, turtle
from publish.release.manifest import Manifest, described
from publish.release.release import CONTENT_QUADS, Release
from publish.shacl.shapes import Shapes

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
    wanted = [f" <{label}> " for label in ns.LABELS]
    said = parsed(line for line in lines if any(label in line for label in wanted))
    found: Names = {}
    for label in ns.LABELS:
        for quad in said:
            _, predicate, object_ = narrowed(quad)
            for known in LANGUAGES if predicate.value == label else ():
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


# -- JSON, Turtle and text ------------------------------------------------------------------------

#: Raised whenever the form of the JSON changes, so that nothing older is read as if it were this.
VERSION = 1
_AS = "https://www.w3.org/ns/activitystreams#"
#: What the Activity Vocabulary calls what became of a thing.
_ACTIVITIES: dict[Fate, str] = {
    "added": "Create",
    "changed": "Update",
    "withdrawn": "Delete",
    "vanished": "Delete",
}
FATE_NAMES: dict[Fate, Text] = {
    "added": Text("追加", "added"),
    "changed": Text("変更", "changed"),
    "withdrawn": Text("取り下げ", "withdrawn"),
    "vanished": Text("記録なく消失", "vanished"),
}
#: Longest value that the text shows.
_MOST_CHARACTERS = 160


def address(old: str, new: str) -> str:
    """Return the address of a comparison of two releases, relative to the base."""
    return f"changes/{old}..{new}"


def as_json(difference: Difference) -> bytes:
    """Return a comparison with all its statements about things as JSON."""
    iris = Iris.at(difference.new.base)
    others = difference.other_removed, difference.other_added
    content = {
        "version": VERSION,
        "from": asdict(difference.old),
        "to": asdict(difference.new),
        **counted(difference.counts),
        "things": [_thing(change, iris) for change in difference.things],
        "others": {"removed": len(others[0]), "added": len(others[1])},
    }
    return json_bytes(content)


def counted(counts: Counts) -> dict[str, Any]:
    """Return counts as members of a JSON object."""
    return {
        "counts": {fate: counts.of(fate) for fate in FATES},
        "types": {
            type_: {fate: found.get(fate, 0) for fate in FATES}
            for type_, found in sorted(counts.types.items())
        },
        "triples": {"removed": counts.removed, "added": counts.added},
        "graphs": {
            graph: {"removed": removed, "added": added}
            for graph, (removed, added) in counts.graphs.items()
        },
    }


def _thing(change: Change, iris: Iris) -> dict[str, Any]:
    members: dict[str, Any] = {
        "iri": change.iri,
        "type": change.type,
        "fate": change.fate,
        "names": change.names,
    }
    if change.withdrawal:
        members["withdrawal"] = withdrawal_as_json(change.withdrawal, iris)
    members["removed"] = [_statement(line, iris) for line in change.removed]
    members["added"] = [_statement(line, iris) for line in change.added]
    return members


def withdrawal_as_json(withdrawal: Withdrawal, iris: Iris) -> dict[str, Any]:
    """Return when and why something was withdrawn, and its successor's IRI, as a JSON object."""
    return {
        "iri": iris.thing(withdrawal.type, withdrawal.key),
        "date": withdrawal.date,
        "reason": withdrawal.reason.as_json(),
        "successor": withdrawal.successor_iri(iris),
    }


def _statement(line: str, iris: Iris) -> dict[str, Any]:
    """Return a statement; its object has the form of the SPARQL 1.1 Query Results JSON Format."""
    _, predicate, object_ = narrowed(parsed([line])[0])
    return {
        "graph": graph_in(line, iris),
        "predicate": predicate.value,
        "object": _term(object_),
    }


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == ns.XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def as_turtle(difference: Difference, prefixes: Prefixes) -> str:
    """Return a comparison as a collection of activities, one for each thing, in Turtle.

    The statements themselves are in the N-Quads; here is what happened to which thing.
    """
    return turtle(_activities(difference), prefixes | {"as": _AS})


def _activities(difference: Difference) -> Iterator[Triple]:
    iris = Iris.at(difference.new.base)
    whole = node(iris.of(address(difference.old.release, difference.new.release)))
    yield whole, TYPE, node(_AS + "Collection")
    yield whole, node(_AS + "totalItems"), _number(len(difference.things))
    for side in (difference.old, difference.new):
        yield whole, node(ns.PROV + "wasDerivedFrom"), node(iris.of(f"release/{side.release}"))
    for change in difference.things:
        part = (iris.relative(change.iri) or "").removeprefix("id/").replace("#", "/")
        activity = node(f"{whole.value}#{part}")
        yield whole, node(_AS + "items"), activity
        yield activity, TYPE, node(_AS + _ACTIVITIES[change.fate])
        yield activity, node(_AS + "object"), node(change.iri)
        for language, name in change.names.items():
            yield activity, node(_AS + "name"), ox.Literal(name, language=language)
        if change.withdrawal:
            yield from _withdrawal(change.withdrawal, activity, node(change.iri), iris)


def _withdrawal(
    withdrawal: Withdrawal, activity: ox.NamedNode, thing: ox.NamedNode, iris: Iris
) -> Iterator[Triple]:
    day = ox.Literal(withdrawal.date, datatype=node(ns.XSD + "date"))
    yield activity, node(ns.DCTERMS + "date"), day
    yield activity, node(_AS + "summary"), ox.Literal(withdrawal.reason_ja, language="ja")
    yield activity, node(_AS + "summary"), ox.Literal(withdrawal.reason_en, language="en")
    successor = withdrawal.successor_iri(iris)
    if successor:
        yield thing, node(ns.DCTERMS + "isReplacedBy"), node(successor)


def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=node(ns.XSD + "nonNegativeInteger"))


def as_text(
    difference: Difference, shapes: Shapes, prefixes: Prefixes, language: Language | None
) -> str:
    """Return a comparison for people, in one language or with both beside each other."""
    return "\n".join(_Writer(difference, shapes, prefixes, language).lines()) + "\n"


class _Writer:
    """Writes a comparison as lines of text."""

    def __init__(
        self,
        difference: Difference,
        shapes: Shapes,
        prefixes: Prefixes,
        language: Language | None,
    ) -> None:
        self.difference = difference
        self.shapes = shapes
        self.prefixes = prefixes
        self.language = language
        self.iris = Iris.at(difference.new.base)

    def lines(self) -> Iterator[str]:
        """Yield the lines: the releases, the counts, and each thing with its statements."""
        counts = self.difference.counts
        yield " → ".join(map(self._release, (self.difference.old, self.difference.new)))
        if counts.is_empty:
            yield self.said(Text("内容に変更はありません。", "The content is the same."))
            return
        for type_, found in sorted(counts.types.items()):
            told = (f"{self.said(FATE_NAMES[f])} {found[f]}" for f in FATES if found.get(f))
            yield f"{self._type(type_)}: {', '.join(told)}"
        for graph, (removed, added) in counts.graphs.items():
            yield f"graph/{graph}: -{removed} +{added}"
        for change in self.difference.things:
            yield ""
            yield from self._thing(change)
        yield from self._others()

    def said(self, text: Text) -> str:
        """Return a text in the chosen language, or in both."""
        return text.in_(self.language) if self.language else str(text)

    def _release(self, side: Any) -> str:
        told = ", ".join(part for part in (side.version, side.modified) if part)
        return f"{side.release} ({told})" if told else str(side.release)

    def _type(self, type_: str) -> str:
        kind = self.shapes.kind(type_)
        return f"{self.said(kind.label)} ({type_})" if kind else type_

    def _thing(self, change: Change) -> Iterator[str]:
        told = (text for tag, text in change.names.items() if self.language in (None, tag))
        name = " / ".join(told)
        address_ = (self.iris.relative(change.iri) or change.iri).removeprefix("id/")
        yield f"{self.said(FATE_NAMES[change.fate])}: {address_}  {name}".rstrip()
        if change.withdrawal:
            successor = f" → {change.withdrawal.successor}" if change.withdrawal.successor else ""
            yield f"  {change.withdrawal.date} {self.said(change.withdrawal.reason)}{successor}"
        yield from self._statements("-", change.removed)
        yield from self._statements("+", change.added)

    def _others(self) -> Iterator[str]:
        removed, added = self.difference.other_removed, self.difference.other_added
        if removed or added:
            name = Text("ほかの主語についての文", "statements about other subjects")
            yield ""
            yield f"{self.said(name)}: -{len(removed)} +{len(added)}"

    def _statements(self, sign: str, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            _, predicate, object_ = narrowed(parsed([line])[0])
            value = _shortened(self._short(object_))
            yield f"  {sign} [{graph_in(line, self.iris)}] {self._short(predicate)} {value}"

    def _short(self, term: Term) -> str:
        if not isinstance(term, ox.NamedNode):
            return str(term)
        relative = self.iris.relative(term.value)
        known = ns.shorten(term.value, self.prefixes)
        return known or (str(term) if relative is None else f"<{relative}>")


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"

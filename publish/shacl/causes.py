"""Which findings follow from others, so that people are told of one fault once.

The report stays complete; a finding that follows another says so, and the text for people shows the
other alone. What follows is found from the shapes, whichever they are:

- a thing whose type does not go with its IRI breaks the rules of the wrong type, and so does
  whatever refers to it;
- a wrong value is missed as a right one, and may break several rules at once;
- a property that may not be given makes demands that belong to it (`sh:targetSubjectsOf`);
- what is derived from a wrong statement is wrong, too;
- a rule in SPARQL that reads a faulty statement cannot hold.

A fault keeps others of the same statement from being told, never those of other statements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import msgspec
import pyoxigraph as ox
from rdflib import SH, URIRef

from publish.i18n import LANGUAGES, Text
from publish.project.dataset import DERIVED
from publish.rdf.terms import TYPE
from publish.shacl.explain import asked
from publish.shacl.mending import LACKING, Known, path_of, properties_in, query_of
from publish.shacl.report import SEVERITIES, Finding
from publish.shacl.shapes import Kind

#: The component of findings that no shape gives: the type of a thing does not go with its IRI.
WRONG_TYPE = "TypeOfIri"
_SURPLUS = frozenset(
    f"{name}ConstraintComponent" for name in ("MaxCount", "QualifiedMaxCount", "UniqueLang")
)
#: Of several rules that one value breaks, the first tells most.
_TELLING = [
    f"{name}ConstraintComponent"
    for name in ("Datatype", "LanguageIn", "NodeKind", "Class", "Pattern", "In")
]
#: Findings about one thing, or with one value, that may be the cause of another.
_MOST_COMPARED = 50
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def with_causes(findings: Iterable[Finding], known: Known) -> tuple[Finding, ...]:
    """Return findings in order, those that follow from others marked with the number of these."""
    listed = list(findings)
    listed += _wrong_types(listed, known)
    listed.sort(key=_place_in_report)
    facts = sorted((_Fact(n, one, known) for n, one in enumerate(listed)), key=lambda f: f.rank)
    causes: dict[int, int] = {}
    covering: set[int] = set()
    earlier = _Earlier(known)
    for later in facts:
        near = (
            one for one in earlier.near(later) if one.number not in covering or not later.is_lacking
        )
        cause = next((one for one in near if _follows(later, one)), None)
        earlier.add(later)
        if cause is None:
            continue
        if later.is_lacking and not cause.is_lacking and cause.is_single:
            covering.add(cause.number)  # one wrong value is missed once
        causes[later.number] = causes.get(cause.number, cause.number)
    return tuple(_told(listed, causes, known))


class _Earlier:
    """The facts before one, found by what they speak of: reports may have thousands of findings."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._facts: list[_Fact] = []
        self._by_key: dict[str, list[int]] = {}
        self._by_path: dict[str | None, list[int]] = {}

    def add(self, fact: _Fact) -> None:
        for key in fact.speaks_of:
            self._by_key.setdefault(key, []).append(len(self._facts))
        self._by_path.setdefault(fact.path, []).append(len(self._facts))
        self._facts.append(fact)

    def near(self, later: _Fact) -> Iterator[_Fact]:
        """Yield the facts that may be the cause of another, the first by rank first."""
        found = [self._by_key.get(key, []) for key in later.speaks_of]
        if later.is_lacking and later.path:
            derives = self._known.derives
            found += [
                self._by_path[path]
                for path in self._by_path
                if path and later.path in derives.get(path, ())
            ]
        positions = {position for one in found for position in one[:_MOST_COMPARED]}
        return (self._facts[position] for position in sorted(positions))


def _place_in_report(finding: Finding) -> tuple[int, str, str, str, str]:
    order = SEVERITIES.index(finding.severity)
    return order, finding.focus, finding.path or "", finding.shape, finding.value or ""


@dataclass(frozen=True)
class _Fact:
    """A finding with what tells whether others follow from it."""

    number: int
    finding: Finding
    known: Known

    @cached_property
    def is_lacking(self) -> bool:
        return self.finding.component in LACKING

    @property
    def is_single(self) -> bool:
        """Tell whether it is about one value or one language that is wrong or too many."""
        return self.path is not None and not self.forbids and self.finding.component != WRONG_TYPE

    @cached_property
    def speaks_of(self) -> frozenset[str]:
        """Return the things and the value that it is about, or refers to by its properties."""
        of = {self.finding.focus, self.thing, self.finding.value}
        linked = (
            triple[2].value
            for thing in (self.finding.focus, self.thing)
            for path in self.properties
            for triple in self.known.said(thing, path)
        )
        return frozenset(filter(None, {*of, *linked}))

    @cached_property
    def query(self) -> str | None:
        return query_of(self.finding.shape, self.known)

    @property
    def path(self) -> str | None:
        return self.finding.path

    @cached_property
    def thing(self) -> str:
        """Return what is at fault: what a rule in SPARQL found, if that is a thing and no value."""
        value = self.finding.value
        is_value = self.path is not None
        found = self.query is not None and not is_value and value in self.known.by_subject
        return value if found and value else self.finding.focus

    @cached_property
    def properties(self) -> frozenset[str]:
        if self.query is not None:
            classes = {TYPE.value, *self.known.by_class}
            return frozenset(properties_in(self.query, self.known)) - classes
        return path_of(URIRef(self.finding.shape), self.known)

    @cached_property
    def forbids(self) -> bool:
        """Tell whether the property may not be given at all."""
        most = self.known.shapes.graph.value(URIRef(self.finding.shape), SH.maxCount)
        return self.finding.component in _SURPLUS and str(most) == "0"

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Return the properties that make the rule apply to what has them."""
        graph, shape = self.known.shapes.graph, URIRef(self.finding.shape)
        owners = {shape, *graph.subjects(SH.property, shape), *graph.subjects(SH.sparql, shape)}
        found = {o for owner in owners for o in graph.objects(owner, SH.targetSubjectsOf)}
        return frozenset(map(str, found))

    @cached_property
    def is_derived(self) -> bool:
        """Tell whether the value was derived, not written."""
        values = (triple for triple in self.known.said(self.finding.focus, self.path or "")
                  if triple[2].value == self.finding.value)  # fmt: skip
        graphs = [self.known.dataset.found.get(triple, ("", None))[0] for triple in values]
        return graphs == [DERIVED]

    @cached_property
    def rank(self) -> tuple[object, ...]:
        """Return what causes go by: they come before what follows from them."""
        component = self.finding.component
        kinds = (
            component == WRONG_TYPE,
            self.forbids,
            self.query is None and not self.is_lacking and component not in _SURPLUS,
            component in _SURPLUS,
            self.is_lacking,
        )
        telling = _TELLING.index(component) if component in _TELLING else len(_TELLING)
        telling += component.startswith("LessThan")  # what is wrong by itself goes first
        severity = SEVERITIES.index(self.finding.severity)
        kind = (*kinds, True).index(True)
        return severity, kind, self.is_derived, telling, self.reach, self.number

    @cached_property
    def reach(self) -> tuple[int, int, int]:
        """Return how far a rule in SPARQL looks: at how many links, properties and conditions.

        The rule that looks least far from the thing at fault says best what is wrong.
        """
        if self.query is None:
            return 0, 0, 0
        links = {
            predicate.value
            for _, predicate, object_ in self.known.by_subject.get(self.thing, ())
            if isinstance(object_, ox.NamedNode) and predicate.value in self.properties
        }
        return len(links), len(self.properties), len(self.query)


def _follows(later: _Fact, earlier: _Fact) -> bool:
    """Tell whether one finding follows from another, which comes before it by rank."""
    if earlier.finding.component == WRONG_TYPE:
        return _by_type(later, earlier.finding.focus)
    if later.query is not None:
        return _by_query(later, earlier)
    if earlier.query is not None:
        return False
    one, other = later.finding, earlier.finding
    if (one.focus, one.path) != (other.focus, other.path) or later.path is None:
        return (
            (one.focus, one.shape, one.value) == (other.focus, other.shape, other.value)
            or (one.focus == other.focus and earlier.forbids and earlier.path in later.triggers)
            or _told_together(later, earlier)
            or _compared(later, earlier)
            or _derived_from(later, earlier)
        )
    if later.is_lacking:
        return _told_together(later, earlier) or (
            not earlier.is_lacking and _may_stand_for(other.value, later)
        )
    return earlier.forbids or one.value in (None, other.value)


def _by_type(later: _Fact, thing: str) -> bool:
    """Tell whether a finding is about a thing of a wrong type, or about what refers to it."""
    finding = later.finding
    refers = any(
        triple[2].value == thing for path in later.properties for triple in
        later.known.said(finding.focus, path)
    )  # fmt: skip
    about_class = finding.component.startswith(("Class", "Qualified", "Node"))
    return thing in (finding.focus, finding.value) or (refers and about_class)


def _by_query(later: _Fact, earlier: _Fact) -> bool:
    """Tell whether a rule in SPARQL cannot hold because of another finding."""
    if (
        earlier.query is None and earlier.path is None
    ):  # the form of an IRI, which the rule compares
        things = (later.finding.focus, later.thing)
        return "STR(" in (later.query or "") and earlier.finding.focus in things
    if not later.properties & earlier.properties:
        return False
    if earlier.thing == later.thing:
        return True
    if earlier.query is not None and earlier.finding.shape != later.finding.shape:
        return False
    pairs = ((later.thing, earlier.thing), (earlier.thing, later.thing))
    return any(
        triple[2].value == two
        for one, two in pairs
        for path in later.properties
        for triple in later.known.said(one, path)
    )


def _compared(later: _Fact, earlier: _Fact) -> bool:
    """Tell whether a value was compared with one that is wrong itself."""
    graph, shape = later.known.shapes.graph, URIRef(later.finding.shape)
    others = {
        str(o) for pair in (SH.lessThan, SH.lessThanOrEquals) for o in graph.objects(shape, pair)
    }
    is_pair = later.finding.component.startswith("LessThan")
    return is_pair and earlier.path in others and later.finding.focus == earlier.finding.focus


def _derived_from(later: _Fact, earlier: _Fact) -> bool:
    """Tell whether a value was derived, or could not be, because of another that is wrong."""
    one, other = later.finding, earlier.finding
    if earlier.is_lacking or later.path is None:
        return False
    if later.is_lacking:
        return later.path in later.known.derives.get(earlier.path or "", ())
    same = (one.path, one.value, one.component) == (other.path, other.value, other.component)
    mirrored = (one.focus, one.value) == (other.value, other.focus)
    return later.is_derived and (same or mirrored)


def _told_together(later: _Fact, earlier: _Fact) -> bool:
    """Tell whether two things lack for one reason: one property asks for them, or one file lost them."""
    if not (later.is_lacking and earlier.is_lacking) or (
        later.finding.focus != earlier.finding.focus
    ):
        return False
    files = {fact.finding.place.file for fact in (later, earlier) if fact.finding.place}
    asked_by = later.triggers & earlier.triggers
    return bool(asked_by) or (later.path == earlier.path and len(files) < 2)


def _may_stand_for(value: str | None, later: _Fact) -> bool:
    """Tell whether a value that is wrong may have been meant as the one that lacks."""
    tags = {
        tag.partition("-")[0]
        for tag in asked(later.known.shapes.graph, URIRef(later.finding.shape))
    }
    if value is None or not tags & {"ja", "en"}:
        return True
    return bool(_JAPANESE.search(value)) == ("ja" in tags)


# -- Types ----------------------------------------------------------------------------------------


def _wrong_types(findings: Sequence[Finding], known: Known) -> Iterator[Finding]:
    """Yield a finding for each thing at fault whose type does not go with its IRI."""
    spoken = {(iri, one.component) for one in findings for iri in (one.focus, one.value) if iri}
    for thing in sorted({iri for iri, _ in spoken} & known.by_subject.keys()):
        kind, types = known.kind(thing), known.types(thing)
        stray = sorted(_stray(thing, kind, known))
        broken = (thing, "ClassConstraintComponent") in spoken or bool(stray)
        if kind and kind.class_ and broken and (kind.class_ not in types or stray):
            if kind.class_ in types and not _breaks_form(thing, stray, findings, known):
                continue
            yield _wrong_type(thing, kind, stray, known)


def _stray(thing: str, kind: Kind | None, known: Known) -> set[str]:
    """Return the classes of a thing that are those of other kinds of things."""
    others = {one.class_ for one in known.shapes.kinds if kind and one.class_ != kind.class_}
    return known.types(thing) & others


def _breaks_form(thing: str, stray: list[str], findings: Sequence[Finding], known: Known) -> bool:
    shapes = {kind.shape for kind in known.shapes.kinds if kind.class_ in stray}
    return any(one.focus == thing and one.path is None and one.shape in shapes for one in findings)


def _wrong_type(thing: str, kind: Kind, stray: list[str], known: Known) -> Finding:
    right = _TYPE.format(name=kind.label, iri=known.short(kind.class_))
    wrong = [_TYPE.format(name=known.name(one), iri=known.short(one)) for one in stray]
    ja, en = ("、".join(one.ja for one in wrong), ", ".join(one.en for one in wrong))
    is_there = kind.class_ in known.types(thing)
    what = _TOO_MANY if is_there else _CHANGED if wrong else _NO_TYPE
    said = [triple for triple in known.said(thing, TYPE.value) if triple[2].value in stray]
    said += known.said(thing, TYPE.value) + known.by_subject[thing]
    places = map(known.dataset.place_of, said)
    return Finding(
        severity="Violation",
        focus=thing,
        path=TYPE.value,
        value=None,
        shape=kind.shape,
        component=WRONG_TYPE,
        message=what.format(thing=known.short(thing), right=right, wrong=Text(ja, en)),
        place=next(filter(None, places), None),
        remedy=(_REMOVE if is_there else _RETYPE).format(right=right, wrong=Text(ja, en)),
    )


_TYPE = Text("「{name}」（{iri}）", "{name} ({iri})")
_CHANGED = Text(
    "{thing} の型は{right}のはずですが、{wrong}になっています。",
    "The type of {thing} should be {right}, but is {wrong}.",
)
_NO_TYPE = Text("{thing} に型{right}がありません。", "{thing} lacks its type, {right}.")
_TOO_MANY = Text(
    "{thing} に、ほかの種類の型{wrong}も書かれています。",
    "{thing} has the type of another kind of things, too: {wrong}.",
)
_RETYPE = Text(
    "型（a …）を{right}に直すか、IRIの種別を確かめてください。",
    "Make its type (a …) {right}, or check the kind in its IRI.",
)
_REMOVE = Text("型{wrong}を削除してください。", "Remove the type {wrong}.")


# -- What is told ---------------------------------------------------------------------------------


def _told(listed: list[Finding], causes: dict[int, int], known: Known) -> Iterator[Finding]:
    """Yield the findings with their causes; what lacks together is told by the first of it."""
    roots = {number: causes.get(root, root) for number, root in causes.items()}
    hidden = Counter[int]()
    together: dict[int, list[Finding]] = {}
    for number, root in roots.items():
        both = (listed[number], listed[root])
        if all(one.component in LACKING for one in both):
            together.setdefault(root, []).append(listed[number])
        elif (both[0].focus, both[0].path) != (both[1].focus, both[1].path):
            hidden[root] += 1
    for number, finding in enumerate(listed):
        message, remedy = finding.message, finding.remedy
        if number in together:
            all_ = [finding, *together[number]]
            message = _all_lacking(all_, known)
            remedy = reduce(_and, dict.fromkeys(one.remedy for one in all_))
        if hidden[number]:
            remedy = _and(remedy, _MORE.format(count=hidden[number]))
        cause = roots[number] + 1 if number in roots else None
        yield msgspec.structs.replace(finding, message=message, remedy=remedy, follows=cause)


def _and(one: Text, other: Text) -> Text:
    return Text(one.ja + other.ja, f"{one.en} {other.en}".strip())


_MORE = Text(
    "これを直せば消えるとみられる指摘が、ほかに{count}件あります。直してからもう一度検証してください。",
    "Findings that should go with it: {count}. Validate again afterwards.",
)
_ALL_LACKING = Text("次のものがありません：{names}。", "These are missing: {names}.")


def _all_lacking(findings: list[Finding], known: Known) -> Text:
    """Return what lacks, each with its property and language."""
    graph = known.shapes.graph
    said: list[Text] = []
    for finding in sorted(findings, key=lambda one: known.shapes.order_of(URIRef(one.shape))):
        shape = URIRef(finding.shape)
        tags = "".join(f" @{tag}" for tag in sorted(asked(graph, shape)))
        path = known.short(finding.path) if finding.path else ""
        name = known.shapes.name_of(shape)
        said.append(Text(f"{name.ja}（{path}{tags}）", f"{name.en} ({path}{tags})"))
    ja, en = (joint.join(one.in_(language) for one in said)
              for joint, language in zip(("、", ", "), LANGUAGES, strict=True))  # fmt: skip
    return _ALL_LACKING.format(names=Text(ja, en))

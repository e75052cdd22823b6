"""What to say of one finding, so that the data can be mended from the message alone.

SHACL's results name a node, a path and a value. People want to know where in which file the value
belongs, between which bounds it must lie, what was written in the place of what, and how a date is
written. Which shapes and files there are is looked up in the project; nothing here knows any.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec
import pyoxigraph as ox
from rdflib import SH, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from publish.eras import LENGTHS, iso_of
from publish.errors import Place
from publish.i18n import LANGUAGES, Text
from publish.project.dataset import Dataset
from publish.project.turtle_files import shown
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple
from publish.shacl.explain import asked, bounds
from publish.shacl.report import Finding
from publish.shacl.shapes import Kind, Shapes, prefixes_of

#: Components of results that say that something is not there.
LACKING = frozenset(
    f"{name}ConstraintComponent" for name in ("MinCount", "QualifiedMinCount", "HasValue")
)
_BOUNDED = frozenset(
    f"{name}ConstraintComponent"
    for name in (
        "MinInclusive", "MaxInclusive", "MinExclusive", "MaxExclusive", "LessThan",
        "LessThanOrEquals",
    )
)  # fmt: skip
_NAMES = (ns.SKOS + "prefLabel", ns.RDFS + "label")


@dataclass(frozen=True)
class Known:
    """The project's content and shapes, with what is looked up in them again and again."""

    dataset: Dataset
    shapes: Shapes

    @cached_property
    def by_subject(self) -> dict[str, list[Triple]]:
        """Return what is said of each thing, in all graphs."""
        found: defaultdict[str, list[Triple]] = defaultdict(list)
        for triple in (*self.dataset.found, *self.dataset.borrowed):
            found[triple[0].value].append(triple)
        return dict(found)

    @cached_property
    def by_class(self) -> dict[str, list[str]]:
        """Return the things of each class."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for subject, predicate, object_ in self.dataset.found:
            if predicate == TYPE:
                found[object_.value].append(subject.value)
        return dict(found)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that shapes and data use."""
        return dict(prefixes_of(self.shapes))

    @cached_property
    def derives(self) -> dict[str, set[str]]:
        """Return for each property those that rules derive from it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for text in self.shapes.graph.objects(None, SH.construct):
            head, _, body = str(text).partition("WHERE")
            for path in properties_in(body, self):
                found[path] |= {*properties_in(head, self)} - {path}
        return dict(found)

    def said(self, iri: str, predicate: str) -> list[Triple]:
        """Return the statements of a thing with one predicate."""
        return [one for one in self.by_subject.get(iri, ()) if one[1].value == predicate]

    def types(self, iri: str) -> set[str]:
        """Return the classes of a thing."""
        return {object_.value for _, _, object_ in self.said(iri, TYPE.value)}

    def kind(self, iri: str) -> Kind | None:
        """Return the type of things in whose space an IRI lies."""
        relative = self.dataset.iris.relative(iri) or ""
        _, _, rest = relative.partition("id/")
        return self.shapes.kind(rest.partition("/")[0])

    def name(self, iri: str) -> Text:
        """Return what a class, property or thing is called; its short IRI if it has no name."""
        short = self.short(iri)
        names = {
            object_.language: object_.value
            for predicate in reversed(_NAMES)
            for _, _, object_ in self.said(iri, predicate)
            if isinstance(object_, ox.Literal)
        }
        kind = next((one for one in self.shapes.kinds if one.class_ == iri), None)
        return kind.label if kind else Text(names.get("ja", short), names.get("en", short))

    def short(self, iri: str) -> str:
        """Return an IRI as one writes it in the files: under the base, or with its prefix."""
        prefixed = ns.shorten(iri, self.prefixes)
        relative = self.dataset.iris.relative(iri)
        is_thing = relative is not None and relative.startswith("id/")
        return relative if is_thing and relative else prefixed or iri


def mended(finding: Finding, known: Known) -> Finding:
    """Return a finding with words, place and remedy as people need them."""
    if finding.component in LACKING:
        return _lacking(finding, known)
    if finding.component in _BOUNDED:
        return _out_of_bounds(finding, known)
    tell: dict[str, Callable[[Finding, Known], Finding]] = {
        "ClassConstraintComponent": _of_another_class,
        "DatatypeConstraintComponent": _another_datatype,
        "PatternConstraintComponent": _another_form,
    }
    make = tell.get(finding.component)
    return make(finding, known) if make else finding


# -- Bounds, classes, dates -----------------------------------------------------------------------


def _out_of_bounds(finding: Finding, known: Known) -> Finding:
    graph, shape = known.shapes.graph, URIRef(finding.shape)
    within = bounds(graph, shape, lambda iri: _named_property(iri, known))
    others = [*graph.objects(shape, SH.lessThan), *graph.objects(shape, SH.lessThanOrEquals)]
    is_pair = finding.component.startswith("LessThan")
    seen = [
        _IS.format(name=_named_property(str(other), known), value=object_.value)
        for other in (others if is_pair else ())
        for _, _, object_ in known.said(finding.focus, str(other))
    ]
    message = _MUST_BE.format(name=known.shapes.name_of(shape), range=within)
    ja, en = ("".join(one.in_(language) for one in seen) for language in LANGUAGES)
    said = Text(message.ja + ja, message.en + en)
    return msgspec.structs.replace(finding, message=said, remedy=_LOOK)


_MUST_BE = Text("「{name}」は{range}でなければなりません。", "“{name}” must be {range}.")
_IS = Text("「{name}」は{value}です。", " “{name}” is {value}.")
_LOOK = Text(
    "桁や小数点の位置、ほかの値との取り違えがないか確かめてください。",
    "See whether digits or the decimal point are misplaced, or values were confused.",
)


def _named_property(iri: str, known: Known) -> Text:
    field = next((one for one in known.shapes.fields if one.path == iri), None)
    return field.name if field else known.name(iri)


def _of_another_class(finding: Finding, known: Known) -> Finding:
    expected = known.shapes.graph.value(URIRef(finding.shape), SH["class"])
    if expected is None or finding.path is None or finding.value is None:
        return finding
    kind = next((one for one in known.shapes.kinds if one.class_ == str(expected)), None)
    message = _ANOTHER_CLASS.format(
        name=known.shapes.name_of(URIRef(finding.shape)),
        path=known.short(finding.path),
        expected=known.name(str(expected)),
        space=f"id/{kind.segment}/…" if kind else known.short(str(expected)),
        actual=_described(finding.value, known),
    )
    return msgspec.structs.replace(finding, message=message, remedy=_NO_REMEDY)


def _described(value: str, known: Known) -> Text:
    """Return what a value is, in words: its type and name."""
    if value not in known.by_subject:
        return _UNKNOWN if re.match(r"[a-z][a-z0-9+.-]*:", value) else _NO_IRI
    kind = known.kind(value)
    classes = [kind.label] if kind else [known.name(one) for one in sorted(known.types(value))]
    names = Text("・".join(one.ja for one in classes), ", ".join(one.en for one in classes))
    return _OF_CLASS.format(classes=names, name=known.name(value)) if classes else _UNKNOWN


_ANOTHER_CLASS = Text(
    "「{name}」（{path}）には「{expected}」（{space}）のIRIを書きますが、{actual}が書かれています。",
    "“{name}” ({path}) takes the IRI of: {expected} ({space}); {actual} is written there.",
)
_OF_CLASS = Text(
    "「{classes}」である「{name}」のIRI", "the IRI of “{name}”, of another type: {classes},"
)
_UNKNOWN = Text("何であるか記述のないもののIRI", "the IRI of something that is not described")
_NO_IRI = Text("IRIではなく文字列", "a text instead of an IRI")
_NO_REMEDY = Text("", "")


def _another_datatype(finding: Finding, known: Known) -> Finding:
    datatype = str(known.shapes.graph.value(URIRef(finding.shape), SH.datatype) or "")
    local, value = datatype.removeprefix(ns.XSD), finding.value or ""
    iso = iso_of(value, local) if local in LENGTHS else None
    if iso is None:
        return finding
    remedy = _WRITE.format(literal=f'"{iso}"^^xsd:{local}')
    if iso == value:
        return msgspec.structs.replace(finding, remedy=remedy)
    message = _NO_DATE.format(name=known.shapes.name_of(URIRef(finding.shape)))
    return msgspec.structs.replace(finding, message=message, remedy=remedy)


def _another_form(finding: Finding, known: Known) -> Finding:
    pattern = str(known.shapes.graph.value(URIRef(finding.shape), SH.pattern) or "")
    for length in (None, *LENGTHS):
        iso = iso_of(finding.value or "", length)
        if iso and iso != finding.value and re.search(pattern, iso):
            return msgspec.structs.replace(finding, remedy=_WRITE.format(literal=f'"{iso}"'))
    return finding


_NO_DATE = Text(
    "「{name}」が、日付のデータの書き方ではありません（元号や区切りの「年」「/」「.」は使えません）。",
    "“{name}” is not written as data write a date (no eras, and hyphens only between the parts).",
)
_WRITE = Text("西暦で {literal} と書いてください。", "Write {literal}.")


# -- Where something that lacks belongs -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Home:
    """A file in which values of a kind stand, the graph they belong to, their column in a table."""

    file: str
    graph: str
    column: str | None


def _lacking(finding: Finding, known: Known) -> Finding:
    home = _home(finding, known) if finding.path else None
    if home is None:
        return finding
    place = _place_in(home, finding.focus, known)
    if home.column:
        remedy = _IN_COLUMN.format(column=home.column)
    else:
        focus = known.short(finding.focus)
        remedy = _IN_FILE.format(file=home.file, graph=home.graph, focus=focus)
    return msgspec.structs.replace(finding, place=place or Place(home.file), remedy=remedy)


_IN_FILE = Text(
    "同じ種類のものの値は、{file}（graph/{graph}）にあります。{focus} の値をそこに書き足してください。",
    "Things of the kind have theirs in {file} (graph/{graph}). Add that of {focus} there.",
)
_IN_COLUMN = Text(
    "この行の列「{column}」に書いてください。", "Write it in this row, column “{column}”."
)


def _home(finding: Finding, known: Known) -> _Home | None:
    """Return where a lacking value belongs: where things of the same class have theirs.

    The class with the fewest things decides, and among the files those that speak of the thing, or
    belong to the same graph. A table is the place only of what has a row in it.
    """
    classes = sorted(known.types(finding.focus), key=lambda one: (len(known.by_class[one]), one))
    own = Counter(_homes(known.by_subject.get(finding.focus, ()), known))
    for class_ in classes:
        said = (
            triple
            for peer in known.by_class[class_]
            if peer != finding.focus
            for triple in known.said(peer, finding.path or "")
            if _is_wanted(triple, finding, known)
        )
        found = Counter(_homes(said, known))
        if found:
            return _best_home(found, own)
    return None


def _best_home(found: Counter[_Home], own: Counter[_Home]) -> _Home | None:
    """Return the most used file among those that speak of the thing, else the most used."""
    files = {home.file for home in own}
    here = [home for home in found if home.file in files]
    graphs = Counter[str]()
    for home, count in found.items():
        graphs[home.graph] += count
    like = [_Home(home.file, home.graph, None) for home in own if home.graph in graphs]
    if not here and like:
        return max(like, key=lambda home: (graphs[home.graph], own[home], home.file))
    usable = here or [home for home in found if not home.column]
    return max(usable, key=lambda home: (found[home], home.file), default=None)


def _is_wanted(triple: Triple, finding: Finding, known: Known) -> bool:
    shape = URIRef(finding.shape)
    tags = missing_languages(finding, known)
    if tags:
        return isinstance(triple[2], ox.Literal) and triple[2].language in tags
    wanted = {str(one) for one in known.shapes.graph.objects(shape, SH.hasValue)}
    return not wanted or triple[2].value in wanted


def missing_languages(finding: Finding, known: Known) -> set[str]:
    """Return the languages of the texts that lack: those asked for, else the allowed ones not given."""
    graph, shape = known.shapes.graph, URIRef(finding.shape)
    if tags := asked(graph, shape):
        return tags
    head = graph.value(shape, SH.languageIn)
    said = known.said(finding.focus, finding.path or "")
    given = {one[2].language for one in said if isinstance(one[2], ox.Literal)}
    return set() if head is None else {str(tag) for tag in Collection(graph, head)} - given


def _homes(triples: Iterable[Triple], known: Known) -> Iterator[_Home]:
    for triple in triples:
        graph, origin = known.dataset.found.get(triple, ("", None))
        if origin:
            yield _Home(shown(origin.path, known.dataset.project), graph, origin.column)


def _place_in(home: _Home, focus: str, known: Known) -> Place | None:
    """Return where a file begins to speak of a thing, or the cell of its row; None if nowhere."""
    places = (known.dataset.place_of(triple) for triple in known.by_subject.get(focus, ()))
    lines = [one.line or 0 for one in places if one and one.file == home.file]
    return Place(home.file, min(lines), home.column) if lines else None


# -- Where a rule in SPARQL looks -----------------------------------------------------------------

_PREFIXED = re.compile(r"(?<![\w:<\"'])([A-Za-z][\w-]*):([A-Za-z][\w-]*)")
_STRINGS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|#[^\n]*")


def properties_in(text: str, known: Known) -> list[str]:
    """Return the IRIs of the prefixed names in a text, in order, each once."""
    names = (f"{prefix}:{local}" for prefix, local in _PREFIXED.findall(text))
    spaces = known.prefixes
    found = (spaces[n.partition(":")[0]] + n.partition(":")[2] for n in names
             if n.partition(":")[0] in spaces)  # fmt: skip
    return [iri for iri in dict.fromkeys(found) if not iri.startswith(ns.XSD)]


def query_of(shape: str, known: Known) -> str | None:
    """Return the text of a rule in SPARQL without its strings and comments; None if it is none."""
    text = known.shapes.graph.value(URIRef(shape), SH.select)
    return None if text is None else _STRINGS.sub("", str(text))


def place_by_query(finding: Finding, known: Known) -> Place | None:
    """Return where the statement stands that a rule in SPARQL is about; None if none is found.

    That is the literal that the rule found, else a property that its message names, else the first
    that its query names.
    """
    query = query_of(finding.shape, known)
    if query is None:
        return None
    is_thing = finding.value in known.by_subject
    thing = finding.value if is_thing and finding.value else finding.focus
    named = [*properties_in(finding.message.ja, known), *properties_in(query, known)]
    said = [triple for path in named for triple in known.said(thing, path)]
    exact = [triple for triple in said if not is_thing and triple[2].value == finding.value]
    return next(filter(None, map(known.dataset.place_of, (*exact, *said))), None)


def path_of(shape: Node, known: Known) -> frozenset[str]:
    """Return the properties on the path of a property shape."""
    graph = known.shapes.graph
    waiting, found = list(graph.objects(shape, SH.path)), set[str]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, URIRef):
            found.add(str(one))
        else:
            waiting += graph.objects(one, None)
    return frozenset(found - {ns.RDF + "nil"})

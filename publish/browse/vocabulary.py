"""The terms of the content: the project's vocabulary and shapes, its code lists, how much is used.

Terms stand in the order of their IRIs, code lists (SKOS concept schemes) as trees, shapes as their
authors wrote them. How often a class or property is used is what VoID says in graph/catalog.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import rdflib

from publish.browse.lists import order
from publish.formats import Format
from publish.iris import Iris
from publish.project.dataset import DERIVED
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, narrowed, node, triples
from publish.shacl.shapes import shape_files

ONTOLOGY = "ontology"
_CLASSES = {ns.OWL + "Class", ns.RDFS + "Class"}
_PROPERTIES = {ns.OWL + "ObjectProperty", ns.OWL + "DatatypeProperty", ns.RDF + "Property"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an ontology says, by its header and its terms (IRI -> quads, sorted by IRI)."""

    iri: str
    header: tuple[ox.Quad, ...]
    classes: dict[str, tuple[ox.Quad, ...]]
    properties: dict[str, tuple[ox.Quad, ...]]
    others: dict[str, tuple[ox.Quad, ...]]

    def quads(self) -> set[ox.Quad]:
        """Return everything that the ontology says; code lists are things of their own."""
        groups = (self.classes, self.properties, self.others)
        return {*self.header, *(q for group in groups for quads in group.values() for q in quads)}

    def term(self, local: str) -> tuple[ox.Quad, ...]:
        """Return what is said of a term, by the name after the `#`; nothing if there is none."""
        iri = f"{self.iri}#{local}"
        found = (group.get(iri) for group in (self.classes, self.properties, self.others))
        return next(filter(None, found), ())

    @property
    def is_served(self) -> bool:
        """Tell whether the ontology lies under the base; one that lies elsewhere is not ours."""
        return bool(self.header)


def read_vocabulary(store: ox.Store, iris: Iris) -> Vocabulary:
    """Return the ontology `{base}ontology` as graph/ontology states it."""
    graph = ox.NamedNode(iris.graph(ONTOLOGY))
    return _read(store.quads_for_pattern(None, None, None, graph), iris.of(ONTOLOGY), "#")


def read_borrowed_vocabularies(store: ox.Store) -> tuple[Vocabulary, ...]:
    """Return the ontologies of others, by their IRIs, that a store of copies holds."""
    declared = store.quads_for_pattern(None, TYPE, ox.NamedNode(ns.OWL + "Ontology"))
    found = sorted({getattr(quad.subject, "value", "") for quad in declared})
    return tuple(_read(store, iri, "" if iri.endswith(("#", "/")) else "#/") for iri in found)


def _read(quads: Iterable[ox.Quad], own: str, marks: str) -> Vocabulary:
    """Return an ontology; a term's IRI is that of the ontology, one of the marks, and a name."""
    heads = tuple(own + mark for mark in marks) or own
    subjects: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        subject = getattr(quad.subject, "value", "")
        if subject == own or subject.startswith(heads):
            subjects.setdefault(subject, []).append(quad)
    header = tuple(subjects.pop(own, ()))
    terms = {iri: tuple(subjects[iri]) for iri in sorted(subjects)}
    classes = {iri: quads for iri, quads in terms.items() if _is_a(quads, _CLASSES)}
    properties = {iri: quads for iri, quads in terms.items() if _is_a(quads, _PROPERTIES)}
    others = {iri: q for iri, q in terms.items() if iri not in classes and iri not in properties}
    return Vocabulary(own, header, classes, properties, others)


def _is_a(quads: tuple[ox.Quad, ...], kinds: set[str]) -> bool:
    return any(q.predicate == TYPE and getattr(q.object, "value", "") in kinds for q in quads)


def iris_of(quads: Iterable[ox.Quad], *predicates: str) -> tuple[str, ...]:
    """Return the IRIs that are values of some properties, once each, sorted."""
    found = (quad.object for quad in quads if quad.predicate.value in predicates)
    return tuple(sorted({term.value for term in found if isinstance(term, ox.NamedNode)}))


def is_deprecated(quads: Iterable[ox.Quad]) -> bool:
    """Tell whether a term is no longer to be used: it says so itself, or names its successor."""
    return any(
        (quad.predicate.value == _DEPRECATED and getattr(quad.object, "value", "") == "true")
        or quad.predicate.value == REPLACED
        for quad in quads
    )


_DEPRECATED = ns.OWL + "deprecated"
REPLACED = ns.DCTERMS + "isReplacedBy"


def versions(vocabulary: Vocabulary) -> set[str]:
    """Return the version IRIs that the header states."""
    wanted = ox.NamedNode(ns.OWL + "versionIRI")
    found = (quad.object for quad in vocabulary.header if quad.predicate == wanted)
    return {term.value for term in found if isinstance(term, ox.NamedNode)}


def shapes_as_written(release: Path, *files: Path) -> bytes:
    """Return shapes files of a release (all if none is named) as their authors wrote them.

    The build completed them with the base (publish.shacl.shapes.published).
    """
    parts = (
        f"# shapes/{path.name}\n\n{path.read_text('utf-8')}"
        for path in files or shape_files(release)
    )
    return "\n".join(parts).encode()


def shapes_as(graph: rdflib.Graph, format_: Format) -> bytes:
    """Return the shapes in an RDF format; their blank nodes are named by RDFC-1.0."""
    assert format_.rdf is not None
    quads = ox.parse(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted(dataset, key=str)
    if not format_.rdf.supports_datasets:
        bare = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in ordered)
        return ox.serialize(bare, format=format_.rdf, prefixes=ns.PREFIXES) or b""
    return ox.serialize(ordered, format=format_.rdf) or b""


# -- Code lists ------------------------------------------------------------------------------------

_IN_SCHEME, _BROADER = node(ns.SKOS + "inScheme"), node(ns.SKOS + "broader")
_SCHEME, _NOTATION = node(ns.SKOS + "ConceptScheme"), node(ns.SKOS + "notation")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a code list; `depth` is 0 at the top, and `above` is the entry next above."""

    iri: str
    notation: str | None
    depth: int
    above: str | None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list with its entries in order, each after the one that is above it."""

    iri: str
    entries: tuple[Entry, ...]


def code_lists(store: ox.Store, things: str) -> tuple[CodeList, ...]:
    """Return the code lists by their IRIs; `things` is how the IRIs of our own begin."""
    found = {scheme.value for scheme, _, _ in triples(store, None, TYPE, _SCHEME)}
    return tuple(_read_code_list(store, iri) for iri in sorted(found) if iri.startswith(things))


def _read_code_list(store: ox.Store, scheme: str) -> CodeList:
    members = {subject for subject, _, _ in triples(store, None, _IN_SCHEME, node(scheme))}
    ordered = [subject.value for subject in sorted(members, key=lambda one: order(store, one))]
    known = set(ordered)
    below: dict[str | None, list[str]] = {}
    for iri in ordered:
        broader = sorted(term.value for _, _, term in triples(store, node(iri), _BROADER))
        above = next((one for one in broader if one in known and one != iri), None)
        below.setdefault(above, []).append(iri)
    return CodeList(scheme, tuple(_tree(store, below)))


def _tree(store: ox.Store, below: Mapping[str | None, Sequence[str]]) -> Iterator[Entry]:
    """Yield entries from the top down; what is above itself by a circle is told at the top."""
    seen: set[str] = set()
    # all entries follow, for those that the top does not lead to
    starts = [*below.get(None, ()), *(iri for one in below.values() for iri in one)]
    for start in starts:
        waiting: list[tuple[str, int, str | None]] = [(start, 0, None)]
        while waiting:
            iri, depth, above = waiting.pop()
            if iri in seen:
                continue
            seen.add(iri)
            notations = sorted(t.value for _, _, t in triples(store, node(iri), _NOTATION))
            yield Entry(iri, next(iter(notations), None), depth, above)
            waiting += [(one, depth + 1, iri) for one in reversed(below.get(iri, ()))]


def quads_of(store: ox.Store, lists: Sequence[CodeList]) -> Iterator[ox.Quad]:
    """Yield everything that is said of code lists and their entries."""
    for one in lists:
        for iri in (one.iri, *(entry.iri for entry in one.entries)):
            yield from store.quads_for_pattern(node(iri), None, None)


def users(store: ox.Store, iris: Iris, entry: str) -> Counter[tuple[str, str]]:
    """Return how many things have an entry as a value, by their type and the property, sorted.

    What ties entries to each other and to their list does not count, nor does a property that is
    always derived: it is the way back from what the entry says itself.
    """
    derived = node(iris.graph(DERIVED))

    @lru_cache
    def is_stated(predicate: ox.NamedNode) -> bool:
        uses = store.quads_for_pattern(None, predicate, None)
        return any(use.graph_name != derived for use in uses)

    found: set[tuple[str, str, str]] = set()
    for quad in store.quads_for_pattern(None, None, node(entry)):
        subject, predicate, _ = narrowed(quad)
        parts = iris.thing_parts(subject.value)
        if parts and not predicate.value.startswith(ns.SKOS) and is_stated(predicate):
            found.add((parts[0], predicate.value, subject.value))
    return Counter((segment, path) for segment, path, _ in sorted(found))


# -- Usage -----------------------------------------------------------------------------------------

#: Things of a class that have no place in a list are looked through only up to this number.
_MOST_LOOKED_AT = 20_000


class Usage:
    """Looks up counts in a store that holds graph/catalog."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._parts = {of: partitions(store, of) for of in ("class", "property")}

    def things(self, class_: str) -> int:
        """Return how many things a class has."""
        return self._count("class", "entities", class_)

    def statements(self, path: str) -> int:
        """Return how many statements a property makes."""
        return self._count("property", "triples", path)

    def some(self, class_: str, most: int) -> tuple[str, ...]:
        """Return the first things of a class by their IRIs; none of a class of very many."""
        if self.things(class_) > _MOST_LOOKED_AT:
            return ()
        found = {subject.value for subject, _, _ in triples(self._store, None, TYPE, node(class_))}
        return tuple(sorted(found)[:most])

    def _count(self, of: str, counted: str, iri: str) -> int:
        part = self._parts[of].get(iri)
        counts = triples(self._store, part, node(ns.VOID + counted)) if part else ()
        return next((int(term.value) for _, _, term in counts), 0)


def partitions(store: ox.Store, of: str) -> dict[str, ox.NamedNode]:
    """Return the VoID partitions of the whole by what each is of: a "class" or a "property".

    The parts of the data set have partitions, too; the whole is what has an endpoint.
    """
    return {
        term.value: part
        for whole, _, _ in triples(store, None, node(ns.VOID + "sparqlEndpoint"))
        for _, _, part in triples(store, whole, node(f"{ns.VOID}{of}Partition"))
        if isinstance(part, ox.NamedNode)
        for _, _, term in triples(store, part, node(ns.VOID + of))
    }

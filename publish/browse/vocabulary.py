"""The project's own vocabulary: its terms in order, and the shapes as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib

from publish.formats import Format
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE
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


#: An address in a literal, which no reader resolves against the base by itself.
_ADDRESS = re.compile(
    r"\b(void:uriSpace|sh:namespace|vann:preferredNamespaceUri)(\s+)"
    r'"([^":\\]*)"(?:\^\^xsd:anyURI)?'
)


def shapes_as_written(directory: Path, base: str, *files: Path) -> bytes:
    """Return shapes files of a project or release (all if none is named) as their authors wrote them.

    Two things are added, so that they mean elsewhere what they mean here: a line with the base,
    against which relative IRIs are resolved, and the base in literals that are addresses.
    """
    absolute = rf'\1\2"{base}\3"^^<{ns.XSD}anyURI>'
    parts = [f"BASE <{base}>\n"]
    for path in files or shape_files(directory):
        text = _ADDRESS.sub(absolute, path.read_text("utf-8-sig"))
        parts.append(f"\n# shapes/{path.name}\n\n{text}")
    return "".join(parts).encode()


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

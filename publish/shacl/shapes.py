"""The SHACL shapes of a project, read once and used by everything that needs them.

They validate; they also give pages the order and the names of their fields, the site its types
(`void:uriSpace` of a node shape), and the JSON-LD context its terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import DCTERMS, RDFS, SH, Literal, URIRef
from rdflib.term import Node

from publish.errors import GraphError, Place
from publish.i18n import Text
from publish.iris import Iris
from publish.project.turtle_files import address, parse_turtle, read_text, shown, under_base
from publish.rdf import namespaces as ns
from publish.rdf.line_numbers import line_of
from publish.rdf.terms import as_rdflib
from publish.rdf.turtle import Prefixes

#: The predicates by which a node shape finds what it speaks of.
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_COMPOSITE = URIRef(ns.DASH + "composite")
_SPACE = URIRef(ns.VOID + "uriSpace")
_ROLE = URIRef(ns.DASH + "propertyRole")
_KEY_INFO = URIRef(ns.DASH + "KeyInfoRole")
#: A string of Turtle with its datatype, a label of a blank node, or what may look like one of them
#: and is passed over.
_TOKEN = re.compile(
    r'''(?P<mark>"""|\'\'\'|"|')(?P<value>(?:[^\\]|\\.)*?)(?P=mark)'''
    r"""(?:\^\^(?:<[^>\s]*>|[\w.-]*:[\w.-]+))?"""
    r"""|(?<![\w.-])_:(?P<label>\w[\w.-]*)|<[^>\s]*>|\#[^\n]*|\\.""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A property as one node shape describes it."""

    shape: str
    path: str
    name: Text
    description: Text | None
    order: float
    datatype: str | None
    class_: str | None
    is_iri: bool
    #: the values belong to the thing and are shown inside its document (dash:composite)
    composite: bool
    #: of special interest to a reader (dash:KeyInfoRole)
    is_key: bool = False
    #: the path of the property whose values this one gives reasons for (dcterms:relation)
    explains: str | None = None
    #: the name of the group of properties that are shown as one (sh:group)
    group: Text | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of things: the path segment of its IRIs, its class, and its fields in order."""

    segment: str
    class_: str
    shape: str
    label: Text
    order: float
    fields: tuple[Field, ...]


@dataclass
class Shapes:
    """All shapes of a project; `files` tells in which file a shape stands."""

    iris: Iris
    graph: rdflib.Graph
    files: dict[str, Path] = field(default_factory=dict)
    project: Path = Path()

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Return the types of things, in the order that their shapes give."""
        found = (
            self._kind(shape, str(space)) for shape, space in self.graph.subject_objects(_SPACE)
        )
        return tuple(sorted(found, key=lambda kind: (kind.order, kind.segment)))

    def kind(self, segment: str) -> Kind | None:
        """Return the type with a path segment, or None."""
        return next((kind for kind in self.kinds if kind.segment == segment), None)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return every property that a shape describes, once each, by its IRI."""
        shapes = sorted(set(self.graph.subjects(SH.path)), key=str)
        found = [field_ for field_ in map(self._field, shapes) if field_]
        return tuple(sorted(_merged(found), key=lambda field_: field_.path))

    def targeted(self) -> set[Node]:
        """Return the node shapes that have targets."""
        return {shape for target in TARGETS for shape in self.graph.subjects(target)}

    def declared(self) -> list[tuple[str, str]]:
        """Return (prefix, namespace) of every `sh:declare`, sorted."""
        return sorted(
            (str(prefix), str(space))
            for node, prefix in self.graph.subject_objects(SH.prefix)
            for space in self.graph.objects(node, SH.namespace)
        )

    def order_of(self, shape: Node) -> float:
        """Return the `sh:order` of a shape or rule, 0 if it has none.

        Raises GraphError if that is no number.
        """
        value = self.graph.value(shape, SH.order)
        try:
            return float(str(value or 0))
        except ValueError as error:
            raise GraphError(
                Text("sh:order の値「{value}」は数ではありません。", 'sh:order "{value}" is no number.')
                .format(value=value),
                Text("数を書いてください。", "Write a number."),
                self.place_of(str(shape), str(SH.order)),
            ) from error  # fmt: skip

    def place_of(self, shape: str, predicate: str = "") -> Place | None:
        """Return where a shape stands, or where it states a property; None if that is unknown."""
        path = self.files.get(shape)
        if path is None:
            return None
        return Place(shown(path, self.project), line_of(path, self.iris.base, shape, predicate))

    def uses(self) -> Iterator[tuple[str, Callable[[], Place | None]]]:
        """Yield the IRIs in the statements of the shapes, each with a way to find its place."""
        for subject, predicate, object_ in self.graph:
            place = partial(self.place_of, str(subject), str(predicate))
            for term in (subject, predicate, object_):
                if isinstance(term, URIRef):
                    yield str(term), place
                elif isinstance(term, Literal) and term.datatype:
                    yield str(term.datatype), place

    def _kind(self, shape: Node, space: str) -> Kind:
        fields = map(self._field, self.graph.objects(shape, SH.property))
        return Kind(
            segment=space.removeprefix(self.iris.of("id/")).rstrip("/"),
            class_=str(self.graph.value(shape, SH.targetClass) or ""),
            shape=str(shape),
            label=self._text(shape, RDFS.label),
            order=self.order_of(shape),
            fields=_merged([field_ for field_ in fields if field_]),
        )

    def _field(self, shape: Node) -> Field | None:
        path = self.graph.value(shape, SH.path)
        if not isinstance(path, URIRef):
            return None
        class_ = self.graph.value(shape, SH["class"])
        datatype = self.graph.value(shape, SH.datatype)
        described = self.graph.value(shape, SH.description) is not None
        explained = self.graph.value(shape, DCTERMS.relation)
        group = self.graph.value(shape, SH.group)
        return Field(
            shape=str(shape),
            path=str(path),
            name=self.name_of(shape),
            description=self._text(shape, SH.description) if described else None,
            order=self.order_of(shape),
            datatype=str(datatype) if datatype else None,
            class_=str(class_) if class_ else None,
            is_iri=class_ is not None or self.graph.value(shape, SH.nodeKind) == SH.IRI,
            composite=str(self.graph.value(shape, _COMPOSITE)) == "true",
            is_key=(shape, _ROLE, _KEY_INFO) in self.graph,
            explains=str(self.graph.value(explained, SH.path)) if explained else None,
            group=self._text(group, RDFS.label) if group else None,
        )

    def name_of(self, shape: Node) -> Text:
        """Return the `sh:name` of a property shape, else the local name of its IRI."""
        return self._text(shape, SH.name)

    def _text(self, subject: Node, predicate: Node) -> Text:
        said = {
            term.language: str(term)
            for term in self.graph.objects(subject, predicate)
            if isinstance(term, Literal)
        }
        fallback = str(subject).rpartition("#")[2]
        return Text(said.get("ja", fallback), said.get("en", fallback))


def _merged(fields: list[Field]) -> tuple[Field, ...]:
    """Return one field for each path, in order; several shapes may speak of one path."""
    by_path: dict[str, Field] = {}
    for field_ in sorted(fields, key=lambda f: (f.order, f.path, f.shape)):
        known = by_path.setdefault(field_.path, field_)
        by_path[field_.path] = replace(
            known,
            description=known.description or field_.description,
            datatype=known.datatype or field_.datatype,
            class_=known.class_ or field_.class_,
            is_iri=known.is_iri or field_.is_iri,
            composite=known.composite or field_.composite,
            is_key=known.is_key or field_.is_key,
            explains=known.explains or field_.explains,
            group=known.group or field_.group,
        )
    return tuple(by_path.values())


def shape_files(project: Path) -> list[Path]:
    """Return the project's shapes files, in a fixed order."""
    return sorted(project.glob("shapes/*.ttl"))


def read_shapes(project: Path, iris: Iris) -> Shapes:
    """Return the shapes of a project with relative IRIs put under the base.

    Raises TurtleError if a file cannot be read.
    """
    quads: list[ox.Quad] = []
    files: dict[str, Path] = {}
    for number, path in enumerate(shape_files(project)):
        for quad in parse_turtle(path, project):
            quads.append(_placed(quad, iris, number))
            files.setdefault(str(getattr(quads[-1].subject, "value", "")), path)
    return Shapes(iris, as_rdflib(iter(quads)), files, project)


def _placed(quad: ox.Quad, iris: Iris, number: int) -> ox.Quad:
    """Return the quad under the base, with blank nodes that cannot meet those of other files."""
    subject, object_ = quad.subject, quad.object
    predicate = under_base(quad.predicate, iris)
    if isinstance(subject, ox.BlankNode):
        subject = ox.BlankNode(f"f{number}{subject.value}")
    elif isinstance(subject, ox.NamedNode):
        subject = under_base(subject, iris)
    if isinstance(object_, ox.BlankNode):
        object_ = ox.BlankNode(f"f{number}{object_.value}")
    elif isinstance(object_, ox.NamedNode):
        object_ = under_base(object_, iris)
    elif isinstance(object_, ox.Literal):
        object_ = address(predicate.value, object_, iris)
    return ox.Quad(subject, predicate, object_)


def published(path: Path, project: Path, iris: Iris) -> str:
    """Return a shapes file so that it means the same to every reader of Turtle, alone or with others.

    Its text is kept. A line with the base goes before it, and the base into literals that are
    addresses: nobody resolves these, and a relative `sh:namespace` makes a prefix that stands for
    nothing (https://www.w3.org/TR/shacl/#sparql-prefixes). Blank nodes get labels of this file. A
    text that cannot be completed so is written anew from its statements.

    Raises TurtleError if the file cannot be read.
    """
    quads = list(parse_turtle(path, project))
    meant = [_placed(quad, iris, 0) for quad in quads]
    relative = {
        old.object.value
        for old, new in zip(quads, meant, strict=True)
        if isinstance(old.object, ox.Literal)
        and old.object.value != getattr(new.object, "value", None)
    }
    own = re.sub(r"\W", "-", f"{path.stem}-")
    text = f"BASE <{iris.base}>\n\n{_completed(read_text(path, project), relative, iris.base, own)}"
    return text if _says(text, meant) else _rewritten(meant, own)


def _completed(text: str, relative: Set[str], base: str, own: str) -> str:
    """Return Turtle with the base in these relative addresses, `own` in labels of blank nodes."""

    def completed(match: re.Match[str]) -> str:
        if match["label"]:
            return f"_:{own}{match['label']}"
        value = match["value"]
        return f'"{base}{value}"^^<{ns.XSD}anyURI>' if value in relative else match[0]

    return _TOKEN.sub(completed, text)


def _says(text: str, quads: Iterable[ox.Quad]) -> bool:
    """Tell whether a text of Turtle makes these statements and no others."""
    try:
        said = ox.parse(text, format=ox.RdfFormat.TURTLE)
        return _canonical(said) == _canonical(quads)
    except SyntaxError:
        return False


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _rewritten(quads: Iterable[ox.Quad], own: str) -> str:
    """Return Turtle that makes these statements, the same bytes each time."""

    def named(term: Any) -> Any:
        return ox.BlankNode(own + term.value) if isinstance(term, ox.BlankNode) else term

    triples = (
        ox.Triple(named(quad.subject), quad.predicate, named(quad.object))
        for quad in sorted(_canonical(quads), key=str)
    )
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=ns.PREFIXES) or b"").decode()


def declared_prefixes(shapes: Shapes) -> str:
    """Return the PREFIX lines that the shapes declare (`sh:declare`)."""
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in shapes.declared())


def prefixes_of(shapes: Shapes) -> Prefixes:
    """Return the prefixes of a project's RDF: declared ones, types of things, standard ones."""
    things = {kind.segment: shapes.iris.of(f"id/{kind.segment}/") for kind in shapes.kinds}
    return ns.PREFIXES | things | {"graph": shapes.iris.graph("")} | dict(shapes.declared())

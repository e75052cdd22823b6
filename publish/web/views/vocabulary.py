"""The terms of the vocabulary as a page shows them: names in both languages, relations, uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from publish.browse.figures import kind_of_class
from publish.browse.labels import Said
from publish.browse.usage import Usage
from publish.browse.vocabulary import REPLACED, iris_of, is_deprecated
from publish.i18n import LANGUAGES
from publish.rdf import namespaces as ns
from publish.shacl.constraints import Group
from publish.shacl.shapes import Kind
from publish.web.app.view import Link, View
from publish.web.drawing import diagram as diagrams
from publish.web.drawing import ties
from publish.web.drawing.ties import Tie
from publish.web.views.facts import property_name

#: Things of a class that are shown as examples.
_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Term:
    """What is said of any term."""

    iri: str
    local: str
    name: Said
    #: the name in the other language, if it has another one there
    other: Said | None
    definition: Said | None
    notes: tuple[Said, ...]
    examples: tuple[Said, ...]
    status: Said | None
    is_deprecated: bool
    successors: tuple[Link, ...]
    #: classes or properties that it is a kind of, and those that are kinds of it
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    uses: int


@dataclass(frozen=True, slots=True)
class Class:
    """A class: its list of things, the first of them, its properties, and what is asked of it."""

    term: Term
    list_: Link | None
    things: tuple[Link, ...]
    properties: tuple[Link, ...]
    #: the shapes that speak of it, the strict ones first
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property: what has it, and what its values are."""

    term: Term
    domain: tuple[Link, ...]
    range_: tuple[Link, ...]
    inverse: tuple[Link, ...]
    is_relation: bool


class Glossary:
    """Reads the terms of a vocabulary in the language of a page."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.vocabulary = view.site.vocabulary
        self._usage = Usage(view.site.store)

    @cached_property
    def classes(self) -> tuple[Class, ...]:
        """Return the classes, in the order of the site's types; then those without a type."""
        order = {kind.class_: number for number, kind in enumerate(self.view.site.shapes.kinds)}
        found = sorted(self.vocabulary.classes, key=lambda iri: (order.get(iri, len(order)), iri))
        return tuple(self._class(iri) for iri in found)

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Return the properties."""
        return tuple(self._property(iri) for iri in self.vocabulary.properties)

    @cached_property
    def others(self) -> tuple[Term, ...]:
        """Return the terms that are neither."""
        found = self.vocabulary.others.items()
        return tuple(self._term(iri, quads, ns.RDFS + "seeAlso", 0) for iri, quads in found)

    def _class(self, iri: str) -> Class:
        quads = self.vocabulary.classes[iri]
        kind = kind_of_class(self.view.site.shapes, iri)
        shapes = (group for group in self.view.site.rules if group.speaks_of(iri))
        return Class(
            self._term(iri, quads, ns.RDFS + "subClassOf", self._usage.things(iri)),
            self._list(kind),
            tuple(map(self.view.named, self._things(kind, iri))),
            self.links(path for path in self.vocabulary.properties if iri in self._domain(path)),
            tuple(sorted(shapes, key=lambda group: (group.severity != "Violation", group.shape))),
        )

    def _list(self, kind: Kind | None) -> Link | None:
        if kind is None or not self.view.site.members(kind):
            return None
        return Link(self.view.page(f"doc/{kind.segment}"), self.view.said(kind.label))

    def _things(self, kind: Kind | None, iri: str) -> Sequence[str]:
        if kind:
            return self.view.site.members(kind)[:_EXAMPLES]
        return self._usage.some(iri, _EXAMPLES)

    def _domain(self, path: str) -> tuple[str, ...]:
        return ties.domain(self.vocabulary, self.view.site.shapes, path)

    def _property(self, iri: str) -> Property:
        quads = self.vocabulary.properties[iri]
        inverse = set(iris_of(quads, ns.OWL + "inverseOf"))
        for other, said in self.vocabulary.properties.items():
            inverse |= {other} if iri in iris_of(said, ns.OWL + "inverseOf") else set()
        return Property(
            self._term(iri, quads, ns.RDFS + "subPropertyOf", self._usage.statements(iri)),
            self.links(self._domain(iri)),
            self.links(ties.range_(self.vocabulary, self.view.site.shapes, iri)),
            self.links(sorted(inverse)),
            any(quad.object == _OBJECT_PROPERTY for quad in quads),
        )

    def _term(self, iri: str, quads: Sequence[ox.Quad], kind_of: str, uses: int) -> Term:
        group = {**self.vocabulary.classes, **self.vocabulary.properties}
        narrower = (other for other, said in group.items() if iri in iris_of(said, kind_of))
        name = self.view.name(iri)
        return Term(
            iri,
            iri.partition("#")[2],
            name,
            self._other(iri, name),
            self._text(iri, ns.SKOS + "definition") or self._text(iri, ns.RDFS + "comment"),
            self._texts(quads, ns.SKOS + "scopeNote", ns.SKOS + "note", ns.SKOS + "changeNote"),
            self._texts(quads, ns.SKOS + "example"),
            self._text(iri, ns.VS + "term_status"),
            is_deprecated(quads),
            self.links(iris_of(quads, REPLACED)),
            self.links(iris_of(quads, kind_of)),
            self.links(narrower),
            uses,
        )

    def _other(self, iri: str, name: Said) -> Said | None:
        languages = (one for one in LANGUAGES if one != self.view.language)
        found = (self.view.site.labels.name(iri, language) for language in languages)
        return next((said for said in found if said and said.text != name.text), None)

    def _text(self, iri: str, predicate: str) -> Said | None:
        return self.view.site.labels.text(iri, predicate, self.view.language)

    def _texts(self, quads: Iterable[ox.Quad], *predicates: str) -> tuple[Said, ...]:
        """Return texts in the page's language, and those that are in none."""
        terms = {quad.object for quad in quads if quad.predicate.value in predicates}
        found = [
            Said(term.value, term.language)
            for term in terms
            if isinstance(term, ox.Literal) and term.language in (None, self.view.language)
        ]
        return tuple(sorted(found, key=lambda said: said.text))

    def links(self, iris: Iterable[str]) -> tuple[Link, ...]:
        """Return links to terms; those of this vocabulary are on the same page."""
        return tuple(map(self.link, iris))

    def link(self, iri: str) -> Link:
        """Return a link to a term."""
        own = iri.startswith(f"{self.vocabulary.iri}#")
        named = self.view.named(iri)
        href = f"#{iri.partition('#')[2]}" if own else named.href
        return Link(href, named.text, named.language, named.external)

    # -- The diagram ------------------------------------------------------------------------------

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Return the relations that are drawn."""
        site = self.view.site
        return ties.ties_of(self.vocabulary, site.shapes, site.store)

    @cached_property
    def diagram(self) -> diagrams.Diagram:
        """Return the drawing of classes and relations."""
        pairs = ties.merged(self.ties)
        keys = dict.fromkeys([*(one.term.iri for one in self.classes), *sum(pairs, ())])
        joint = "・" if self.view.language == "ja" else ", "
        return diagrams.diagram(
            [diagrams.Node(key, self.box(key).text) for key in keys],
            [
                diagrams.Edge(source, target, joint.join(self.relation(source, p) for p in paths))
                for (source, target), paths in pairs.items()
            ],
        )

    def box(self, class_: str) -> Link:
        """Return the link of a class in the drawing; one that is not ours leads to its list."""
        kind = kind_of_class(self.view.site.shapes, class_)
        if class_ in self.vocabulary.classes or kind is None:
            own = self.link(class_)
            return Link(own.href, _titled(own.text), own.language, own.external)
        return Link(self.view.page(f"doc/{kind.segment}"), _titled(self.view.said(kind.label)))

    def relation(self, class_: str, path: str | None) -> str:
        """Return what a property is called where a class has it."""
        if path is None:
            return ""
        kind = kind_of_class(self.view.site.shapes, class_)
        fields = (field for field in kind.fields if field.path == path) if kind else ()
        return property_name(self.view, path, next(iter(fields), None))


_OBJECT_PROPERTY = ox.NamedNode(ns.OWL + "ObjectProperty")


def _titled(text: str) -> str:
    return text[:1].upper() + text[1:]

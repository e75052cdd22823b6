"""The terms of the vocabulary and the code lists as their pages show them.

Names are in both languages; a term is shown with what it is related to, a code with what uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from publish.browse.figures import kind_of_class
from publish.browse.labels import Said
from publish.browse.vocabulary import (
    REPLACED,
    CodeList,
    Entry,
    Usage,
    code_lists,
    iris_of,
    is_deprecated,
    users,
)
from publish.i18n import LANGUAGES
from publish.rdf import namespaces as ns
from publish.shacl.explain import Group
from publish.shacl.shapes import Kind
from publish.web.app.view import Link, View
from publish.web.drawing import diagram as drawing
from publish.web.drawing.diagram import Tie
from publish.web.views.facets import narrowed_list
from publish.web.views.facts import property_name

#: Things of a class that are shown as examples.
_EXAMPLES = 2
#: Entries of a code list that stand in its table; a longer one is a list of its own.
_MOST_SHOWN = 60
_DEFINITION = ns.SKOS + "definition"
_OBJECT_PROPERTY = ox.NamedNode(ns.OWL + "ObjectProperty")


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
        return drawing.domain(self.vocabulary, self.view.site.shapes, path)

    def _property(self, iri: str) -> Property:
        quads = self.vocabulary.properties[iri]
        inverse = set(iris_of(quads, ns.OWL + "inverseOf"))
        for other, said in self.vocabulary.properties.items():
            inverse |= {other} if iri in iris_of(said, ns.OWL + "inverseOf") else set()
        return Property(
            self._term(iri, quads, ns.RDFS + "subPropertyOf", self._usage.statements(iri)),
            self.links(self._domain(iri)),
            self.links(drawing.range_(self.vocabulary, self.view.site.shapes, iri)),
            self.links(sorted(inverse)),
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
            self._text(iri, _DEFINITION) or self._text(iri, ns.RDFS + "comment"),
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
        return drawing.ties_of(self.vocabulary, site.shapes, site.store)

    @cached_property
    def diagram(self) -> drawing.Diagram:
        """Return the drawing of classes and relations."""
        pairs = drawing.merged(self.ties)
        keys = dict.fromkeys([*(one.term.iri for one in self.classes), *sum(pairs, ())])
        joint = "・" if self.view.language == "ja" else ", "
        return drawing.diagram(
            [drawing.Node(key, self.box(key).text) for key in keys],
            [
                drawing.Edge(source, target, joint.join(self.relation(source, p) for p in paths))
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


def _titled(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- Code lists -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """How many things of a type have an entry as the value of a property; if there is one, their list."""

    kind: Kind
    #: what the property is called
    by: str
    count: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its names, in the page's language first."""

    entry: Entry
    link: Link
    names: tuple[Said, ...]
    above: Said | None
    definition: Said | None
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A code list; one without rows is too long for them and has a list instead."""

    list_: CodeList
    key: str
    link: Link
    names: tuple[Said, ...]
    definition: Said | None
    rows: tuple[Row, ...]
    whole: Link | None


def tables(view: View) -> tuple[Table, ...]:
    """Return the code lists: those of types of ours in their order, then others."""
    lists = _lists(view)
    uses = _uses(view, lists)
    order = {kind.segment: number for number, kind in enumerate(view.site.shapes.kinds)}
    found = [_table(view, one, uses) for one in lists]
    return tuple(sorted(found, key=lambda t: (not t.rows, order.get(t.key, len(order)), t.key)))


def _lists(view: View) -> tuple[CodeList, ...]:
    return code_lists(view.site.store, view.site.iris.of("id/"))


def _table(view: View, one: CodeList, uses: dict[str, list[Use]]) -> Table:
    is_short = len(one.entries) <= _MOST_SHOWN
    return Table(
        one,
        one.iri.rpartition("/")[2],
        view.named(one.iri),
        _names(view, one.iri),
        view.site.labels.text(one.iri, _DEFINITION, view.language),
        tuple(_row(view, entry, uses.get(entry.iri, [])) for entry in one.entries)
        if is_short
        else (),
        None if is_short else _whole(view, one),
    )


def _whole(view: View, one: CodeList) -> Link | None:
    """Return the list of the type to which the entries of a code list belong."""
    kind = view.site.kind_of(one.entries[0].iri)
    return Link(view.page(f"doc/{kind.segment}"), view.said(kind.label)) if kind else None


def _row(view: View, entry: Entry, uses: list[Use]) -> Row:
    return Row(
        entry,
        view.named(entry.iri),
        _names(view, entry.iri),
        view.name(entry.above) if entry.above else None,
        view.site.labels.text(entry.iri, _DEFINITION, view.language),
        tuple(uses),
    )


def _names(view: View, iri: str) -> tuple[Said, ...]:
    """Return a name in each language, once each, the page's first."""
    order = sorted(LANGUAGES, key=lambda language: language != view.language)
    found = (view.site.labels.name(iri, language) for language in order)
    return tuple(dict.fromkeys(said for said in found if said))


def _uses(view: View, lists: Iterable[CodeList]) -> dict[str, list[Use]]:
    """Return which things have an entry, by the type of things and the property, for each entry."""
    found: dict[str, list[Use]] = {}
    for one in lists:
        for entry in one.entries if len(one.entries) <= _MOST_SHOWN else ():
            counts = users(view.site.store, view.site.iris, entry.iri)
            uses = (_use(view, entry.iri, *use) for use in counts.items())
            found[entry.iri] = sorted(filter(None, uses), key=lambda use: use.kind.order)
    return found


def _use(view: View, iri: str, by: tuple[str, str], count: int) -> Use | None:
    segment, path = by
    kind = view.site.shapes.kind(segment)
    field = next((field for field in kind.fields if field.path == path), None) if kind else None
    if kind is None or field is None:
        return None
    return Use(kind, view.said(field.name), count, narrowed_list(view, kind, path, iri))

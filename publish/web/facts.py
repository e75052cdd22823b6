"""Statements -> the rows of a page: names and order from the shapes, values ready to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox
from babel.dates import format_date

from publish import namespaces as ns
from publish.document import LABELS, Document
from publish.labels import Said
from publish.languages import Language
from publish.shapes import Field, Kind
from publish.terms import TYPE, Term, narrowed
from publish.web.view import Link, View

#: Texts longer than this are shown as paragraphs.
_LONG = 60
#: Most characters of a geometry that a page shows.
_MOST_WKT = 80
_WKT = ns.GEO + "wktLiteral"
_NAMES = {label.value for label in LABELS} | {ns.SKOS + "altLabel"}
_LANG_TAG = ("ja", "en")
#: Texts with these are read aloud as Japanese, also where the data give them no language.
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row, and the short name of the graph that states it."""

    text: str
    graph: str | None
    language: str | None = None
    href: str | None = None
    external: bool = False
    #: the whole value, where `text` is a readable or shortened form of it
    whole: str | None = None
    is_date: bool = False
    #: a query or the like, whose lines are kept
    is_code: bool = False

    @property
    def is_long(self) -> bool:
        """Tell whether the value is a paragraph rather than a word."""
        return len(self.text) > _LONG and not self.href


@dataclass(frozen=True, slots=True)
class Row:
    """A property with its values."""

    iri: str
    name: str
    description: str | None
    href: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-resource shown inside the page of the thing it belongs to."""

    link: Link
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts, or incoming links, by the property that ties them to the thing."""

    name: str
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()


def rows(view: View, quads: Iterable[ox.Quad], kind: Kind | None = None) -> list[Row]:
    """Return a row for each property, in the order of the type's shape; unknown ones last."""
    by_property: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        by_property.setdefault(quad.predicate.value, []).append(quad)
    fields = {field.path: field for field in kind.fields} if kind else {}
    order = {path: place for place, path in enumerate(fields)}
    paths = sorted(by_property, key=lambda path: (order.get(path, len(order)), path))
    return [_row(view, path, by_property[path], fields.get(path)) for path in paths]


def _row(view: View, path: str, quads: Sequence[ox.Quad], field: Field | None) -> Row:
    field = field or view.site.field(path)
    described = field.description if field else None
    shown = _in_language(path, quads, view.language)
    values = [_value(view, quad) for quad in shown]
    return Row(
        iri=path,
        name=property_name(view, path, field),
        description=view.said(described) if described else None,
        href=view.href(path),
        values=tuple(sorted(values, key=lambda value: _order(value, view.language))),
    )


def property_name(view: View, path: str, field: Field | None = None) -> str:
    """Return what a page calls a property: by the shapes, else the vocabulary, else in short."""
    field = field or view.site.field(path)
    if field:
        return view.said(field.name)
    said = view.site.labels.name(path, view.language)
    return said.text if said else view.short(path)


def _in_language(path: str, quads: Sequence[ox.Quad], language: Language) -> Sequence[ox.Quad]:
    """Return the values to show: of a text in both languages, only the page's; all names."""
    if path in _NAMES:
        return quads
    here = any(getattr(quad.object, "language", None) == language for quad in quads)
    other = "en" if language == "ja" else "ja"
    return [q for q in quads if not (here and getattr(q.object, "language", None) == other)]


def _order(value: Value, language: Language) -> tuple[bool, bool, str, str]:
    return (
        value.language in _LANG_TAG and value.language != language,
        value.language not in (None, *_LANG_TAG),
        value.whole or value.text,
        value.graph or "",
    )


def _value(view: View, quad: ox.Quad) -> Value:
    _, _, term = narrowed(quad)
    graph = view.site.iris.graph_name(getattr(quad.graph_name, "value", ""))
    if isinstance(term, ox.NamedNode):
        link = view.named(term.value)
        return Value(link.text, graph, link.language, link.href, link.external)
    if term.datatype.value == _WKT:
        return Value(shortened(term.value), graph, whole=term.value)
    if term.datatype.value == ns.XSD + "anyURI":
        return _address(view, term.value, graph)
    readable = date_in(view.language, term)
    if readable:
        return Value(readable, graph, whole=term.value, is_date=True)
    language = term.language or ("ja" if _JAPANESE.search(term.value) else None)
    return Value(term.value, graph, language, is_code=not term.language and "\n" in term.value)


def _address(view: View, address: str, graph: str | None) -> Value:
    """Return an address that is said as a text: ours are namespaces, at which nothing answers."""
    ours = view.site.iris.relative(address) is not None
    return Value(address, graph, href=None if ours else view.href(address), external=True)


def shortened(text: str) -> str:
    """Return a long literal cut to what a page shows."""
    return text if len(text) <= _MOST_WKT else f"{text[:_MOST_WKT].rstrip()}…"


#: How dates of each precision are written (Unicode's date patterns).
_DATE_PATTERNS = {
    ns.XSD + "date": {"ja": "y年M月d日", "en": "d MMMM y"},
    ns.XSD + "gYearMonth": {"ja": "y年M月", "en": "MMMM y"},
    ns.XSD + "gYear": {"ja": "y年", "en": "y"},
}


def date_in(language: Language, literal: ox.Literal) -> str | None:
    """Return a date, month or year as it is written in a language, or None if it is no date.

    >>> date_in("ja", ox.Literal("2020-08", datatype=ox.NamedNode(ns.XSD + "gYearMonth")))
    '2020年8月'
    """
    patterns = _DATE_PATTERNS.get(literal.datatype.value)
    try:
        day = date.fromisoformat(literal.value + "0000-01-01"[len(literal.value) :])
    except ValueError:
        return None
    return str(format_date(day, patterns[language], locale=language)) if patterns else None


def parts(view: View, document: Document) -> list[Group]:
    """Return the thing's sub-resources, by property."""
    by_property: dict[str, list[str]] = {}
    for quad in document.own:
        found = getattr(quad.object, "value", "")
        if found in document.parts and found != document.about:
            by_property.setdefault(quad.predicate.value, []).append(found)
    return [
        Group(
            property_name(view, path, view.site.field(path, document.about)),
            tuple(_part(view, document, iri) for iri in sorted(set(by_property[path]))),
        )
        for path in sorted(by_property)
    ]


def _part(view: View, document: Document, iri: str) -> Part:
    said = [q for q in document.parts[iri] if getattr(q.object, "value", "") != document.about]
    names = {label.value for label in LABELS}
    facts = [row for row in rows(view, said, view.site.kind_of(iri)) if row.iri not in names]
    return Part(view.named(iri), tuple(row for row in facts if row.iri != TYPE.value))


def incoming(view: View, document: Document) -> list[Group]:
    """Return what points to the thing and is not shown inside its page, by property.

    One property is several if types that point by it call it by different names.
    """
    by_name: dict[tuple[str, str], set[str]] = {}
    for quad in document.incoming:
        path, source = quad.predicate.value, getattr(quad.subject, "value", "")
        if source not in document.parts:
            name = property_name(view, path, view.site.field(path, source))
            by_name.setdefault((path, name), set()).add(source)
    return [
        Group(name, links=tuple(map(view.named, sorted(sources))))
        for (_, name), sources in sorted(by_name.items())
    ]


def readings(quads: Iterable[ox.Quad]) -> list[Said]:
    """Return how a name is read: kana first, then romanised."""
    terms: set[Term] = {narrowed(quad)[2] for quad in quads if quad.predicate.value in _NAMES}
    found = [t for t in terms if isinstance(t, ox.Literal) and (t.language or "").startswith("ja-")]
    return [Said(t.value, t.language) for t in sorted(found, key=lambda t: (t.language, t.value))]

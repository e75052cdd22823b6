"""Statements -> the rows of a page: names and order from the shapes, values ready to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from publish.browse import citation
from publish.browse.labels import Said
from publish.browse.lists import order
from publish.i18n import Language, Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, narrowed, node
from publish.shacl.shapes import Field, Kind
from publish.web.app.view import View

#: Of more values than these from one graph, a page marks the graph once.
_MANY = 3
#: Most characters of a geometry that a page shows.
_MOST_WKT = 80
_WKT = ns.GEO + "wktLiteral"
#: The property that leads to where the text stands on which the statements rest.
SOURCE = ns.DCTERMS + "source"
_NUMBERS = {ns.XSD + "integer", ns.XSD + "decimal"}
_NAMES = {*ns.LABELS, ns.SKOS + "altLabel"}
_NUMBER = re.compile(r"([+-]?)(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
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
    is_number: bool = False
    #: a query or the like, whose lines are kept
    is_code: bool = False
    #: the IRI, if it is one
    iri: str | None = None
    #: what of the thing that it leads to is shown beside its name
    beside: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A property with its values."""

    iri: str
    name: str
    description: str | None
    href: str | None
    values: tuple[Value, ...]
    #: the reasons for these values, each a property of its own
    because: tuple[Row, ...] = ()

    @property
    def graph(self) -> str | None:
        """Return the graph that states all of its values, if these are many; it is named once."""
        graphs = {value.graph for value in self.values}
        return next(iter(graphs)) if len(self.values) > _MANY and len(graphs) == 1 else None


def linked_once(found: Iterable[Row], seen: set[str]) -> list[Row]:
    """Return rows whose names lead to the property only where a page shows it for the first time.

    `seen` are the properties shown so far, to which these are added.
    """
    linked = []
    for row in found:
        again = row.iri in seen
        linked.append(replace(row, href=None, description=None) if again else row)
        seen.add(row.iri)
    return linked


def property_rows(view: View, quads: Iterable[ox.Quad], kind: Kind | None = None) -> list[Row]:
    """Return a row for each property, in the order of the type's shape; unknown ones last.

    What gives reasons for the values of another property stands in the row of that one, and the
    numbers of a group of properties are one row.
    """
    by_property: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        by_property.setdefault(quad.predicate.value, []).append(quad)
    fields = {field.path: field for field in kind.fields} if kind else {}
    places = {path: number for number, path in enumerate(fields)}
    paths = sorted(by_property, key=lambda path: (places.get(path, len(places)), path))
    made = {path: _row(view, path, by_property[path], fields.get(path)) for path in paths}
    return list(_explained(_grouped(view, made, fields), fields).values())


def _explained(made: dict[str, Row], fields: dict[str, Field]) -> dict[str, Row]:
    reasons: dict[str, list[str]] = {}
    for path in made:
        explained = fields[path].explains if path in fields else None
        if explained in made:
            reasons.setdefault(str(explained), []).append(path)
    inside = {path for paths in reasons.values() for path in paths}
    return {
        path: replace(row, because=tuple(made[one] for one in reasons.get(path, ())))
        for path, row in made.items()
        if path not in inside
    }


def _grouped(view: View, made: dict[str, Row], fields: dict[str, Field]) -> dict[str, Row]:
    groups: dict[Text, list[Row]] = {}
    for path, row in made.items():
        name = fields[path].group if path in fields else None
        if name:
            groups.setdefault(name, []).append(row)
    numbers = {name: together for name, together in groups.items() if _are_numbers(together)}
    as_one = {rows[0].iri: _as_one(view, name, rows) for name, rows in numbers.items()}
    inside = {row.iri for together in numbers.values() for row in together[1:]}
    return {path: as_one.get(path, row) for path, row in made.items() if path not in inside}


def _are_numbers(together: Sequence[Row]) -> bool:
    """Tell whether these are one number each, from one graph."""
    values = [value for row in together for value in row.values]
    graphs = {value.graph for value in values}
    return len(values) == len(together) and len(graphs) == 1 and all(v.is_number for v in values)


def _as_one(view: View, name: Text, together: Sequence[Row]) -> Row:
    numbers = dict.fromkeys(row.values[0].text for row in together)
    text = ("～" if view.language == "ja" else "–").join(numbers)
    value = Value(text, together[0].values[0].graph)
    return replace(together[0], name=view.said(name), description=None, values=(value,))


def _row(view: View, path: str, quads: Sequence[ox.Quad], field: Field | None) -> Row:
    field = field or view.site.field(path)
    described = field.description if field else None
    shown = _with_names(view, quads) if path == TYPE.value else quads
    shown = _in_language(path, shown, view.language)
    values = [_value(view, quad) for quad in shown]
    if path == SOURCE or len({value.text for value in values}) < len(values):
        said = [beside(view, value.iri or "", brief=path != SOURCE) for value in values]
        values = [replace(v, beside=rows_) for v, rows_ in zip(values, said, strict=True)]
    return Row(
        iri=path,
        name=property_name(view, path, field),
        description=view.said(described) if described else None,
        href=view.href(path),
        values=tuple(sorted(values, key=lambda value: _order(view, value))),
    )


def beside(view: View, iri: str, *, brief: bool = False) -> tuple[Row, ...]:
    """Return what stands beside the name of a thing: groups of numbers, and its key information.

    If it is to be brief, the former only: that tells apart what has the same name.
    """
    kind = view.site.kind_of(iri)
    fields = kind.fields if kind else ()
    marked = {field.path for field in fields if field.group or (field.is_key and not brief)}
    if not marked:
        return ()
    said = view.site.store.quads_for_pattern(node(iri), None, None)
    return tuple(
        property_rows(view, (quad for quad in said if quad.predicate.value in marked), kind)
    )


def property_name(view: View, path: str, field: Field | None = None) -> str:
    """Return what a page calls a property: by the shapes, else the vocabulary, else in short."""
    field = field or view.site.field(path)
    if field:
        return view.said(field.name)
    said = view.site.labels.name(path, view.language)
    return said.text if said else view.short(path)


def _with_names(view: View, quads: Sequence[ox.Quad]) -> Sequence[ox.Quad]:
    """Return the types that have a name: those of other vocabularies are for programs."""
    labels = view.site.labels
    return [q for q in quads if labels.name(narrowed(q)[2].value, view.language)] or quads


def _in_language(path: str, quads: Sequence[ox.Quad], language: Language) -> Sequence[ox.Quad]:
    """Return the values to show: of a text in both languages, only the page's; all names."""
    if path in _NAMES:
        return quads
    here = any(getattr(quad.object, "language", None) == language for quad in quads)
    other = "en" if language == "ja" else "ja"
    return [q for q in quads if not (here and getattr(q.object, "language", None) == other)]


def _order(view: View, value: Value) -> tuple[bool, bool, tuple[float, str, str], str]:
    """Sort names by language; things of ours as in the lists of their types; all else by text."""
    ours = value.iri is not None and view.site.kind_of(value.iri) is not None
    return (
        value.language in _LANG_TAG and value.language != view.language and not ours,
        value.language not in (None, *_LANG_TAG),
        place(view, value.iri) if ours and value.iri else (0, "", value.whole or value.text),
        value.graph or "",
    )


def place(view: View, iri: str) -> tuple[float, str, str]:
    """Return what a thing is sorted by: its type, its code, its IRI; numbers in it as such."""
    kind = view.site.kind_of(iri)
    code, _ = order(view.site.store, node(iri)) if kind else ("", "")
    padded = re.sub(r"\d+", lambda match: match[0].zfill(9), iri)
    return kind.order if kind else float("inf"), code, padded


def _value(view: View, quad: ox.Quad) -> Value:
    _, _, term = narrowed(quad)
    graph = view.site.iris.graph_name(getattr(quad.graph_name, "value", ""))
    if isinstance(term, ox.NamedNode):
        link = view.named(term.value)
        return Value(link.text, graph, link.language, link.href, link.external, iri=term.value)
    if term.datatype.value == _WKT:
        return Value(shortened(term.value), graph, whole=term.value)
    if term.datatype.value == ns.XSD + "anyURI":
        return _address(view, term.value, graph)
    readable = date_in(view.language, term)
    if readable:
        return Value(readable, graph, whole=term.value, is_date=True)
    if term.datatype.value in _NUMBERS:
        return Value(number(term.value), graph, whole=term.value, is_number=True)
    language = term.language or ("ja" if _JAPANESE.search(term.value) else None)
    return Value(term.value, graph, language, is_code=not term.language and "\n" in term.value)


def _address(view: View, address: str, graph: str | None) -> Value:
    """Return an address that is said as a text: ours are namespaces, at which nothing answers."""
    ours = view.site.iris.relative(address) is not None
    return Value(address, graph, href=None if ours else view.href(address), external=True)


def shortened(text: str) -> str:
    """Return a long literal cut to what a page shows."""
    return text if len(text) <= _MOST_WKT else f"{text[:_MOST_WKT].rstrip()}…"


def date_in(language: Language, literal: ox.Literal) -> str | None:
    """Return a date, month or year as it is written in a language, or None if it is no date.

    >>> date_in("ja", ox.Literal("2020-08", datatype=ox.NamedNode(ns.XSD + "gYearMonth")))
    '2020年8月（令和2年8月）'
    """
    return citation.written(literal.value, literal.datatype.value, language)


def number(text: str) -> str:
    """Return a number with separators between thousands; what is none comes back as it is.

    >>> number("5224614"), number("-1234.50"), number("012")
    ('5,224,614', '-1,234.50', '012')
    """
    match = _NUMBER.fullmatch(text)
    return f"{match[1]}{int(match[2]):,}{match[3] or ''}" if match else text


def readings(quads: Iterable[ox.Quad]) -> list[Said]:
    """Return how a name is read: kana first, then romanised."""
    terms: set[Term] = {narrowed(quad)[2] for quad in quads if quad.predicate.value in _NAMES}
    found = [t for t in terms if isinstance(t, ox.Literal) and (t.language or "").startswith("ja-")]
    return [Said(t.value, t.language) for t in sorted(found, key=lambda t: (t.language, t.value))]

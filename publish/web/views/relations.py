"""What the page of a thing shows beside its own facts: parts, sources, links out, links in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publish.browse.describe import Document
from publish.browse.facets import Step, facets_of
from publish.browse.queries import query_of_incoming
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node
from publish.shacl.shapes import Kind
from publish.web.app.view import Link, View
from publish.web.views import facts
from publish.web.views.facets import narrowed_list
from publish.web.views.facts import Row, Value

#: Of more parts than these, a page shows the names only.
_MOST_PARTS = 12
#: Most incoming links of one kind that a page shows; the rest are where its link leads.
_MOST_SHOWN = 20
#: Properties that lead to other data about the same thing, or about like or related things.
_LINKING = {ns.OWL + "sameAs", ns.RDFS + "seeAlso", ns.SCHEMA + "sameAs"} | {
    f"{ns.SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")
}
#: Properties of a linkset that its links show anyway.
_EVIDENT = {TYPE.value, ns.DCTERMS + "description", *ns.LABELS} | {
    ns.VOID + name for name in ("linkPredicate", "objectsTarget", "subjectsTarget")
}


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-resource shown inside the page of the thing it belongs to."""

    link: Link
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Sub-resources by the property that ties them to the thing; `brief` if shown by name only."""

    name: str
    parts: tuple[Part, ...]
    brief: bool


@dataclass(frozen=True, slots=True)
class Support:
    """Where that stands on which the statements of one graph rest."""

    graph: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A link to other data, with the linksets that it belongs to."""

    value: Value
    linksets: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Links to other data that have the same property."""

    row: Row
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """Things of one type that refer to the thing by one property."""

    name: str
    kind: str | None
    count: int
    #: the first of them; none if there are many and the thing itself names all of them already
    links: tuple[Link, ...]
    #: the list of all of them, if there is one
    listed: str | None
    #: the query that finds all of them
    query: str


def parts(view: View, document: Document) -> list[Parts]:
    """Return the thing's sub-resources, by property; but sources are told in short (`supports`)."""
    by_property: dict[str, set[str]] = {}
    for quad in document.own:
        found = getattr(quad.object, "value", "")
        if found in document.parts and found != document.about and document.parts[found]:
            by_property.setdefault(quad.predicate.value, set()).add(found)
    by_property.pop(facts.SOURCE, None)
    return [_parts(view, document, path, by_property[path]) for path in sorted(by_property)]


def _parts(view: View, document: Document, path: str, iris: set[str]) -> Parts:
    field, brief = view.site.field(path, document.about), len(iris) > _MOST_PARTS
    name = facts.property_name(view, path, field)
    return Parts(
        name, tuple(_part(view, document, i, brief=brief) for i in _sorted(view, iris)), brief
    )


def _sorted(view: View, iris: set[str]) -> list[str]:
    return sorted(iris, key=lambda iri: facts.place(view, iri))


def _part(view: View, document: Document, iri: str, *, brief: bool) -> Part:
    if brief:
        return Part(view.named(iri), facts.beside(view, iri))
    said = [q for q in document.parts[iri] if getattr(q.object, "value", "") != document.about]
    left_out = {TYPE.value, *ns.LABELS}
    rows = facts.property_rows(view, said, view.site.kind_of(iri))
    return Part(view.named(iri), tuple(row for row in rows if row.iri not in left_out))


def supports(rows: Sequence[Row]) -> list[Support]:
    """Return where that stands on which the statements in rows rest, by graph."""
    found: dict[str | None, list[Value]] = {}
    for row in rows:
        for value in row.values if row.iri == facts.SOURCE else ():
            found.setdefault(value.graph, []).append(value)
    return [Support(graph, tuple(values)) for graph, values in found.items()]


def outgoing(view: View, rows: Sequence[Row]) -> list[Outgoing]:
    """Return the links to other data in rows, with what their linksets say of them."""
    return [
        Outgoing(row, tuple(Target(value, _linksets(view, value)) for value in row.values))
        for row in rows
        if row.iri in _LINKING and all(value.external and value.href for value in row.values)
    ]


def _linksets(view: View, value: Value) -> tuple[Part, ...]:
    found = view.site.labels.values(value.iri or "", ns.VOID + "inDataset")
    return tuple(_linkset(view, term.value) for term in found if view.site.kind_of(term.value))


def _linkset(view: View, iri: str) -> Part:
    kind = view.site.kind_of(iri)
    wanted = {field.path for field in kind.fields} - _EVIDENT if kind else set()
    quads = view.site.store.quads_for_pattern(node(iri), None, None)
    said = [quad for quad in quads if quad.predicate.value in wanted]
    return Part(view.named(iri), tuple(facts.property_rows(view, said, kind)))


def incoming(view: View, document: Document) -> list[Incoming]:
    """Return what refers to the thing and is not shown inside its page, by property and type."""
    named = {getattr(quad.object, "value", "") for quad in document.own}
    found: dict[tuple[Kind | None, str], set[str]] = {}
    for quad in document.referring:
        source = getattr(quad.subject, "value", "")
        if source not in document.parts:
            found.setdefault((view.site.kind_of(source), quad.predicate.value), set()).add(source)
    return [
        _incoming(view, document.about, path, kind, sources, is_known=sources <= named)
        for (kind, path), sources in sorted(found.items(), key=_by_kind)
    ]


def _by_kind(group: tuple[tuple[Kind | None, str], set[str]]) -> tuple[float, str, str]:
    (kind, path), _ = group
    return (kind.order, kind.segment, path) if kind else (float("inf"), "", path)


def _incoming(
    view: View, about: str, path: str, kind: Kind | None, sources: set[str], *, is_known: bool
) -> Incoming:
    here = view.site
    is_left_out = is_known and len(sources) > _MOST_SHOWN
    first = [] if is_left_out else _sorted(view, sources)[:_MOST_SHOWN]
    return Incoming(
        name=facts.property_name(view, path, here.field(path, next(iter(sources)))),
        kind=view.said(kind.label) if kind else None,
        count=len(sources),
        links=tuple(map(view.named, first)),
        listed=_listed(view, kind, path, about) if kind else None,
        query=query_of_incoming(here.iris, here.prefixes, path, about, kind, view.language),
    )


def _listed(view: View, kind: Kind, path: str, about: str) -> str | None:
    """Return the address of the list of the things of a type that refer to a thing, or None."""
    # the index of a type is made on demand: not for one whose lists have no such facet
    if all(facet.path != (Step(path),) for facet in facets_of(view.site.shapes, kind)):
        return None
    return narrowed_list(view, kind, path, about)

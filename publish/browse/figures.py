"""What is worth drawing: which things are counted by what, and the queries that count them.

A project says so beside its shapes (see shapes/figures.ttl here) in the words of the RDF Data Cube
vocabulary: a figure is a `qb:DataStructureDefinition`; the class whose things it counts is its
`dcterms:subject`, and the properties by which it counts them are its dimensions, in the order of
`qb:order`. One dimension gives bars, two give a table of counts, and a dimension that holds dates
(with, if there is one, a period after it) gives a time line. A project that says nothing gets what
its shapes suggest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS, Literal, URIRef
from rdflib.term import Node

from publish.browse.coverage import COVERAGE
from publish.browse.queries import Names
from publish.errors import GraphError
from publish.i18n import Language, Text
from publish.rdf import namespaces as ns
from publish.shacl.shapes import Field, Kind, Shapes

_QB = {name: URIRef(ns.QB + name) for name in ("DataStructureDefinition", "component", "dimension")}
_ORDER = URIRef(ns.QB + "order")
_SOURCE = URIRef(ns.DCTERMS + "source")
_SUBJECT = URIRef(ns.DCTERMS + "subject")
#: Figures that are made when a project names none.
_MOST_SUGGESTED = 4


class Form(Enum):
    """How a figure is drawn."""

    BARS = "bars"
    GRID = "grid"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Figure:
    """Things of a type, counted by the values of one or two of their properties."""

    name: str
    title: Text
    caption: Text | None
    note: Text | None
    kind: Kind
    fields: tuple[Field, ...]
    #: types shown with it for their own sake: apart on a map, and not counted
    apart: tuple[Kind, ...] = ()
    #: from what the outlines on its map were made
    sources: tuple[str, ...] = ()

    @property
    def form(self) -> Form:
        """Return how it is drawn."""
        if self.fields[0].datatype in ns.DATES:
            return Form.LINE
        return Form.GRID if len(self.fields) > 1 else Form.BARS


# -- Which figures there are ----------------------------------------------------------------------


def figures_of(shapes: Shapes) -> tuple[Figure, ...]:
    """Return a project's figures in their order: those it names, else those its shapes suggest.

    Raises GraphError for one that counts things of no type, or by what their shape does not know.
    """
    named = sorted(
        shapes.graph.subjects(RDF.type, _QB["DataStructureDefinition"]),
        key=lambda found: (shapes.order_of(found), str(found)),
    )
    if named:
        return tuple(_named(shapes, found) for found in named)
    return tuple(_suggested(shapes))[:_MOST_SUGGESTED]


def _named(shapes: Shapes, found: Node) -> Figure:
    graph = shapes.graph
    kind = kind_of_class(shapes, str(graph.value(found, _SUBJECT)))
    parts = graph.objects(found, _QB["component"])
    paths = [
        str(graph.value(part, _QB["dimension"]))
        for part in sorted(parts, key=lambda part: float(str(graph.value(part, _ORDER) or 0)))
    ]
    fields = _fields(kind, paths) if kind else None
    if kind is None or not fields or len(fields) > 2:
        raise GraphError(
            Text(
                "図「{name}」は、どの型の何を数えるのかが分かりません。",
                'It is not clear what the figure "{name}" counts.',
            ).format(name=str(found)),
            Text(
                "dcterms:subject に型のクラスを、qb:dimension にその型のプロパティを1つか2つ書いてください。",
                "Give the class of a type in dcterms:subject and one or two of its properties in qb:dimension.",
            ),
            shapes.place_of(str(found)),
        )
    apart = (kind_of_class(shapes, str(other)) for other in graph.objects(found, RDFS.seeAlso))
    return Figure(
        name=str(found).rpartition("#")[2],
        title=_text(shapes, found, RDFS.label) or kind.label,
        caption=_text(shapes, found, RDFS.comment),
        note=_text(shapes, found, SKOS.note),
        kind=kind,
        fields=fields,
        apart=tuple(sorted(filter(None, apart), key=lambda other: other.order)),
        sources=tuple(sorted(map(str, graph.objects(found, _SOURCE)))),
    )


def _text(shapes: Shapes, found: Node, predicate: Node) -> Text | None:
    said = {
        term.language: str(term)
        for term in shapes.graph.objects(found, predicate)
        if isinstance(term, Literal)
    }
    return Text(said["ja"], said["en"]) if {"ja", "en"} <= said.keys() else None


def kind_of_class(shapes: Shapes, class_: str | None) -> Kind | None:
    """Return the type whose things have a class, or None."""
    return next((kind for kind in shapes.kinds if kind.class_ == class_), None)


def _fields(kind: Kind, paths: Iterable[str]) -> tuple[Field, ...] | None:
    known = {field.path: field for field in kind.fields}
    found = tuple(known.get(path) for path in paths)
    return None if None in found else tuple(field for field in found if field)


def _suggested(shapes: Shapes) -> Iterator[Figure]:
    """Yield, of the first type that has any, the figures that its shape suggests.

    These are counts by each property that leads to things of another class, but for those that
    are shown inside its document.
    """
    for kind in shapes.kinds:
        found = [f for f in kind.fields if f.class_ and not f.composite and f.class_ != kind.class_]
        dates = [f for f in kind.fields if f.datatype in ns.DATES]
        for field in (*found, *dates[:1]):
            yield Figure(
                name=f"{kind.segment}-{ns.split(field.path)[1]}",
                title=_TITLE.format(kind=kind.label, field=field.name),
                caption=field.description,
                note=None,
                kind=kind,
                fields=(field,),
            )
        if found or dates:
            return


_TITLE = Text("{kind}の数（{field}別）", "{kind} by {field}")


# -- The queries ----------------------------------------------------------------------------------


def query_of(
    figure: Figure,
    shapes: Shapes,
    prefixes: Mapping[str, str],
    language: Language,
    *,
    by_coverage: bool = False,
) -> str:
    """Return the query whose answer is drawn; names in it are in a language.

    With `by_coverage` that of bars has a column which tells a 0 from what no document speaks of.
    """
    names = Names(prefixes)
    if figure.form == Form.BARS:
        body = _bars(figure, shapes, names, language, by_coverage=by_coverage)
    else:
        make = _grid if figure.form == Form.GRID else _line
        body = make(figure, shapes, names, language)
    return names.declared() + body


def query_of_rest(figure: Figure, prefixes: Mapping[str, str], language: Language) -> str:
    """Return the query for the things that bars count nowhere: they have no value to count by."""
    names, field = Names(prefixes), figure.fields[0]
    of = f" . ?value a {names(field.class_)}" if field.class_ else ""
    lines = [
        f"  ?thing a {names(figure.kind.class_)} .",
        f"  FILTER NOT EXISTS {{ ?thing {names(field.path)} ?value{of} }}",
        _name_of(names, "thing", "name", language).rstrip(),
    ]
    body = "\n".join(lines)
    head = names.declared()
    return f"{head}SELECT ?thing ?name WHERE {{\n{body}\n}}\nORDER BY ?thing\n"


def _name_of(names: Names, of: str, name: str, language: Language) -> str:
    return (
        f"  OPTIONAL {{ ?{of} {names(ns.SKOS + 'prefLabel')} ?{name} "
        f'FILTER(LANG(?{name}) = "{language}") }}\n'
    )


def _place_of(names: Names, of: str, place: str, code: str) -> str:
    """Return the pattern for a thing's place in lists: its position, or else its code."""
    codes = f"{names(ns.SKOS + 'notation')}|{names(ns.DCTERMS + 'identifier')}"
    return (
        f"  OPTIONAL {{ ?{of} {names(ns.SCHEMA + 'position')} ?{place} }}\n"
        f"  OPTIONAL {{ ?{of} {codes} ?{code} }}\n"
    )


def _bars(
    figure: Figure, shapes: Shapes, names: Names, language: Language, *, by_coverage: bool
) -> str:
    """Return the count for each value; those of a type of ours are all there, with 0 too."""
    field = figure.fields[0]
    counted = f"?thing a {names(figure.kind.class_)} ; {names(field.path)} ?value ."
    is_listed = kind_of_class(shapes, field.class_)
    first = f"  ?value a {names(field.class_ or '')} .\n" if is_listed else f"  {counted}\n"
    last = f"  OPTIONAL {{ {counted} }}\n" if is_listed else ""
    covered = " ?covered" if by_coverage else ""
    return (
        f"SELECT ?value ?name (COUNT(DISTINCT ?thing) AS ?count){covered} WHERE {{\n"
        + first
        + last
        + (f"  BIND(EXISTS {{ ?document {names(COVERAGE)} ?value }} AS ?covered)\n" * by_coverage)
        + _name_of(names, "value", "name", language)
        + _place_of(names, "value", "position", "code")
        + f"}}\nGROUP BY ?value ?name{covered}\nORDER BY MIN(?position) MIN(?code) ?value\n"
    )


def _grid(figure: Figure, _: Shapes, names: Names, language: Language) -> str:
    """Return the count for each pair of values that occurs."""
    row, column = figure.fields
    return (
        "SELECT ?row ?row_name ?column ?column_name (COUNT(DISTINCT ?thing) AS ?count) WHERE {\n"
        f"  ?thing a {names(figure.kind.class_)} ;\n"
        f"    {names(row.path)} ?row ;\n    {names(column.path)} ?column .\n"
        + _name_of(names, "row", "row_name", language)
        + _name_of(names, "column", "column_name", language)
        + _place_of(names, "row", "row_position", "row_code")
        + _place_of(names, "column", "position", "code")
        + "}\nGROUP BY ?row ?row_name ?column ?column_name\n"
        "ORDER BY MIN(?row_position) MIN(?row_code) ?row MIN(?position) MIN(?code) ?column\n"
    )


def _line(figure: Figure, _: Shapes, names: Names, language: Language) -> str:
    """Return every thing with its date, and with its period if there is one."""
    date, *more = figure.fields
    period = (
        f"  OPTIONAL {{\n    ?thing {names(more[0].path)} ?period .\n"
        f"    OPTIONAL {{ ?period {names(ns.DCAT + 'startDate')} ?start ; "
        f"{names(ns.DCAT + 'endDate')} ?end }}\n  "
        + _name_of(names, "period", "period_name", language)
        + "  }\n"
        if more
        else ""
    )
    asked = "?thing ?name ?date" + (" ?period ?period_name ?start ?end" if more else "")
    order = "?start ?period ?date ?thing" if more else "?date ?thing"
    return (
        f"SELECT {asked} WHERE {{\n  ?thing a {names(figure.kind.class_)} .\n"
        f"  OPTIONAL {{ ?thing {names(date.path)} ?date }}\n"
        + period
        + _name_of(names, "thing", "name", language)
        + f"}}\nORDER BY {order}\n"
    )


# -- Their answers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer: the values of its variables, by name; those without a value lack."""

    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def count(self) -> int:
        """Return what was counted."""
        return int(self["count"])


def answer(store: ox.Store, query: str, graphs: Sequence[ox.NamedNode]) -> list[Row]:
    """Return what a query for a figure finds in some graphs together."""
    found = store.query(query, default_graph=list(graphs))
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    names = [variable.value for variable in found.variables]
    return [
        Row({name: row[name].value for name in names if row[name] is not None}) for row in found
    ]

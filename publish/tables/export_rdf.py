"""Linked rows as RDF: a linkset (VoID) in Turtle, with how the links were found and how sure.

A person gives a template for the IRIs of rows (RFC 6570, levels 1 and 2) with headings in braces;
without one a row is called by its number in the file (RFC 7111), as a relative IRI: it means the
row of the file that lies beside this one, and no identifier is invented.

Only settled links are stated. Each way of finding them is a linkset of its own inside the whole,
with its lowest score as a measurement (DQV).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from publish.errors import GridError, Place
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node, texts, typed
from publish.rdf.turtle import turtle
from publish.tables.grid import Grid, Row, shown
from publish.tables.headings import ADDRESS, THING
from publish.tables.link import Linked, Outcome

_EXPRESSION = re.compile(r"\{(\+?)([^{}]+)\}")
_ABSOLUTE = re.compile(r"(https?://[^\s/{}<>\"]+/|urn:[a-z0-9][a-z0-9-]+:)[^\s<>\"|^`\\]*", re.I)
#: Characters of a template, and headings in it: each row is called by it.
_LONGEST, _MOST_USED = 500, 5
_RESERVED = ":/?#[]@!$&'()*+,;="
_SAME = ns.SKOS + "exactMatch"
_PLACE = ns.DCTERMS + "spatial"
#: What a person can choose as the relation, by a short name.
RELATIONS: Mapping[str, str] = {
    "exactMatch": _SAME,
    "closeMatch": ns.SKOS + "closeMatch",
    "spatial": _PLACE,
    "subject": ns.DCTERMS + "subject",
    "relation": ns.DCTERMS + "relation",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """How rows relate to what they are linked to: a property, and why this one."""

    iri: str
    why: Text

    @property
    def is_same(self) -> bool:
        """Tell whether rows and what they are linked to are the same things."""
        return self.iri in (_SAME, ns.SKOS + "closeMatch")


def relation_of(table: Linked, chosen: str | None = None) -> Relation:
    """Return how the rows relate to what they are linked to.

    A facility in a municipality is not the municipality: only rows that have no name of their own,
    no address, and each lead to something else, are taken for what they are linked to.
    """
    if chosen:
        return Relation(RELATIONS[chosen], _AS_SAID)
    if table.layout.of(THING) is not None or table.layout.of(ADDRESS) is not None:
        return Relation(_PLACE, _OWN_NAME)
    counted = Counter(one.chosen.iri for one in table.outcomes if one.chosen)
    if counted and max(counted.values()) > 1:
        return Relation(_PLACE, _SEVERAL)
    return Relation(_SAME, _ONE_EACH)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The names of the rows of a table that is at some address."""

    grid: Grid
    #: the address of the table's file, which may be relative
    file: str
    template: str | None = None
    #: rows are counted without gaps: the file is not the one that was brought
    renumbered: bool = False

    @classmethod
    def of(cls, grid: Grid, file: str, template: str | None, renumbered: bool) -> Subjects:
        """Return the names of rows by a template.

        Raises GridError for a template that does not make IRIs, and for rows that it would leave
        without one.
        """
        if template:
            _check(grid, template)
        return cls(grid, file, template or None, renumbered)

    def of_row(self, position: int) -> str:
        """Return the IRI of a row, counted from 0; a relative one if there is no template."""
        row = self.grid.rows[position]
        if not self.template:
            return f"{self.file}#row={position + 2 if self.renumbered else row.number}"
        return _EXPRESSION.sub(lambda part: self._expanded(part, row), self.template)

    def _expanded(self, part: re.Match[str], row: Row) -> str:
        column = self.grid.column(part[2])
        cell = row.cells[column].strip() if column is not None else ""
        return quote(cell, safe=_RESERVED if part[1] else "")

    def renamed(self, names: tuple[str, ...]) -> str:
        """Return the template of CSVW for the rows: with names of columns for headings."""
        if not self.template:
            return "#row={_sourceRow}"
        return _EXPRESSION.sub(
            lambda part: f"{{{part[1]}{names[self.grid.column(part[2]) or 0]}}}", self.template
        )


def _check(grid: Grid, template: str) -> None:
    used = _EXPRESSION.findall(template)
    if len(template) > _LONGEST or len(used) > _MOST_USED:
        raise GridError(*_LONG_TEMPLATE)
    bare = _EXPRESSION.sub("", template)
    if not used or not _ABSOLUTE.fullmatch(bare) or "{" in bare or "}" in bare:
        raise GridError(*_NO_TEMPLATE)
    for _, heading in used:
        column = grid.column(heading)
        if column is None:
            raise GridError(
                Text(
                    "主語の雛形にある見出し「{name}」の列がありません。",
                    'The template for subjects names "{name}", which heads no column.',
                ).format(name=shown(heading)),
                _NO_TEMPLATE[1],
                Place(grid.name, 1),
            )
        empty = next((row for row in grid.rows if not row.cells[column].strip()), None)
        if empty:
            raise GridError(
                Text(
                    "主語に使う列「{name}」が空の行があります。",
                    'Column "{name}" makes the subjects, but a row lacks it.',
                ).format(name=shown(heading)),
                Text("その行に値を入れてください。", "Fill in a value."),
                Place(grid.name, empty.line),
            )


_NO_TEMPLATE = (
    Text("主語の雛形が正しくありません。", "The template for subjects is wrong."),
    Text(
        "「https://example.jp/id/facility/{{ID}}」のように、絶対URIに、見出しを波括弧で入れてください。",
        'Give an absolute URI with headings in braces, as "https://example.jp/id/facility/{{ID}}".',
    ).format(),
)
_LONG_TEMPLATE = (
    Text("主語の雛形が長すぎます。", "The template for subjects is too long."),
    Text(
        f"{_LONGEST}文字まで、見出しは{_MOST_USED}個までにしてください。",
        f"It can have {_LONGEST} characters and {_MOST_USED} headings.",
    ),
)
_AS_SAID = Text("指定による", "as you said")
_OWN_NAME = Text(
    "行はそれぞれ名称や住所を持つものなので、その所在する地域とした",
    "rows have a name or an address of their own: the area is where they are",
)
_SEVERAL = Text(
    "同じ地域の行が複数あるので、行は地域そのものではない",
    "several rows lead to the same area, so they are not the area",
)
_ONE_EACH = Text(
    "行がそれぞれ一つの地域を表すので、同じものとした",
    "each row stands for one area: they are the same",
)


# -- The linkset -----------------------------------------------------------------------------------

#: Stands for the place of the file while it is written: RDF engines know no relative IRIs.
_HERE = "https://here.invalid/"
_LINKSET = node(ns.VOID + "Linkset")
_TITLE = Text("「{name}」からのリンク", 'Links from "{name}"')
_WHOLE = Text(
    "表の各行から、対応するものへのリンク。人の確認が要る行は含まない。",
    "Links from the rows of a table. Rows that a person has to look at are left out.",
)
_METHODS = {
    "code": Text("コードによる。", "Found by code."),
    "name": Text("名称又はよみによる。", "Found by name or reading."),
    "address": Text("住所による。", "Found by address."),
    "publisher": Text("データを作った団体による。", "Found by who made the data."),
    "person": Text("人が候補から選んだ。", "Chosen by a person from candidates."),
}
_LOWEST = Text(
    "リンクの一致スコア（0から100）のうち最も低いもの",
    "lowest of the scores (0 to 100) of the links",
)
#: Characters that an IRI cannot have (RFC 3987), wherever they come from.
_NOT_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def as_turtle(table: Linked, subjects: Subjects, relation: Relation, dataset: str) -> bytes:
    """Return the linkset; `dataset` is the IRI of the data that rows are linked to."""
    head = turtle(_described(table, subjects, relation, dataset), _PREFIXES)
    predicate = ns.shorten(relation.iri, _PREFIXES) or f"<{relation.iri}>"
    lines = [head.replace(f"<{_HERE}", "<")]
    for method, outcomes in _by_method(table):
        lines.append(f"\n# {_METHODS[method]}\n\n")
        lines += [
            f"<{_iri(subjects.of_row(position))}> {predicate} <{chosen.iri}> .\n"
            for position, outcome in outcomes
            if (chosen := outcome.chosen)
        ]
    return "".join(lines).encode()


_PREFIXES = {name: ns.PREFIXES[name] for name in ("dcterms", "dqv", "skos", "void", "xsd")}


def _iri(text: str) -> str:
    return _NOT_IRI.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), text)


def _by_method(table: Linked) -> list[tuple[str, list[tuple[int, Outcome]]]]:
    """Return the settled links by how they were found, those of a row at its position."""
    found: dict[str, list[tuple[int, Outcome]]] = {method: [] for method in _METHODS}
    for position, outcome in enumerate(table.outcomes):
        if outcome.chosen:
            found[outcome.method].append((position, outcome))
    return [(method, outcomes) for method, outcomes in found.items() if outcomes]


def _described(
    table: Linked, subjects: Subjects, relation: Relation, dataset: str
) -> Iterator[Triple]:
    whole, file = node(f"{_HERE}#links"), node(_HERE + _iri(subjects.file))
    methods = _by_method(table)
    yield whole, TYPE, _LINKSET
    yield from texts(whole, ns.DCTERMS + "title", _TITLE.format(name=table.grid.name))
    yield from texts(whole, ns.DCTERMS + "description", _WHOLE)
    yield from _targets(whole, file, node(dataset), relation)
    yield whole, _void("triples"), typed(sum(len(links) for _, links in methods), "integer")
    for method, outcomes in methods:
        part = node(f"{_HERE}#by-{method}")
        yield whole, _void("subset"), part
        yield part, TYPE, _LINKSET
        yield from texts(part, ns.DCTERMS + "description", _METHODS[method])
        yield from _targets(part, file, node(dataset), relation)
        yield part, _void("triples"), typed(len(outcomes), "integer")
        yield from _measured(part, method, [o.score for _, o in outcomes if o.score is not None])
    if methods:
        metric = node(f"{_HERE}#lowest-score")
        yield metric, TYPE, node(ns.DQV + "Metric")
        yield from texts(metric, ns.SKOS + "definition", _LOWEST)
        yield metric, node(ns.DQV + "expectedDataType"), node(ns.XSD + "decimal")


def _measured(part: ox.NamedNode, method: str, scores: list[float]) -> Iterator[Triple]:
    measured = node(f"{_HERE}#by-{method}-score")
    yield part, node(ns.DQV + "hasQualityMeasurement"), measured
    yield measured, TYPE, node(ns.DQV + "QualityMeasurement")
    yield measured, node(ns.DQV + "isMeasurementOf"), node(f"{_HERE}#lowest-score")
    yield measured, node(ns.DQV + "computedOn"), part
    yield measured, node(ns.DQV + "value"), typed(f"{min(scores):.1f}", "decimal")


def _targets(
    part: ox.NamedNode, file: ox.NamedNode, dataset: ox.NamedNode, relation: Relation
) -> Iterator[Triple]:
    yield part, _void("linkPredicate"), node(relation.iri)
    yield part, _void("subjectsTarget"), file
    yield part, _void("objectsTarget"), dataset


def _void(name: str) -> ox.NamedNode:
    return node(ns.VOID + name)

"""Linked rows as RDF: a linkset (VoID) in Turtle, with how the links were found and how sure.

Only settled links are stated. Each way of finding them is a linkset of its own inside the whole,
with its lowest score as a measurement (DQV). Rows without a template are relative IRIs: they mean
the rows of the file that lies beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node
from publish.rdf.turtle import turtle
from publish.tables.export_rdf import Relation, Subjects
from publish.tables.outcomes import Linked, Outcome

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
    yield from _texts(whole, "title", _TITLE.format(name=table.grid.name))
    yield from _texts(whole, "description", _WHOLE)
    yield from _targets(whole, file, node(dataset), relation)
    yield whole, _void("triples"), _number(sum(len(outcomes) for _, outcomes in methods))
    for method, outcomes in methods:
        part = node(f"{_HERE}#by-{method}")
        yield whole, _void("subset"), part
        yield part, TYPE, _LINKSET
        yield from _texts(part, "description", _METHODS[method])
        yield from _targets(part, file, node(dataset), relation)
        yield part, _void("triples"), _number(len(outcomes))
        yield from _measured(part, method, [o.score for _, o in outcomes if o.score is not None])
    if methods:
        metric = node(f"{_HERE}#lowest-score")
        yield metric, TYPE, node(ns.DQV + "Metric")
        yield from _texts(metric, "definition", _LOWEST, ns.SKOS)
        yield metric, node(ns.DQV + "expectedDataType"), node(ns.XSD + "decimal")


def _measured(part: ox.NamedNode, method: str, scores: list[float]) -> Iterator[Triple]:
    measured = node(f"{_HERE}#by-{method}-score")
    value = ox.Literal(f"{min(scores):.1f}", datatype=node(ns.XSD + "decimal"))
    yield part, node(ns.DQV + "hasQualityMeasurement"), measured
    yield measured, TYPE, node(ns.DQV + "QualityMeasurement")
    yield measured, node(ns.DQV + "isMeasurementOf"), node(f"{_HERE}#lowest-score")
    yield measured, node(ns.DQV + "computedOn"), part
    yield measured, node(ns.DQV + "value"), value


def _targets(
    part: ox.NamedNode, file: ox.NamedNode, dataset: ox.NamedNode, relation: Relation
) -> Iterator[Triple]:
    yield part, _void("linkPredicate"), node(relation.iri)
    yield part, _void("subjectsTarget"), file
    yield part, _void("objectsTarget"), dataset


def _void(name: str) -> ox.NamedNode:
    return node(ns.VOID + name)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=node(ns.XSD + "integer"))


def _texts(
    subject: ox.NamedNode, name: str, text: Text, space: str = ns.DCTERMS
) -> Iterator[Triple]:
    yield subject, node(space + name), ox.Literal(text.ja, language="ja")
    yield subject, node(space + name), ox.Literal(text.en, language="en")

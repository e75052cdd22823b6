"""SHACL shapes over a dataset -> findings that point at file and line. pyshacl is the engine.

A shape without a single focus node is an error: a validator that looks at nothing "conforms".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import SH, URIRef
from rdflib.term import Node

from publish.errors import GraphError, Place
from publish.i18n import Text
from publish.project.dataset import Dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, as_rdflib
from publish.shacl.causes import with_causes
from publish.shacl.mending import Known, mended, place_by_query
from publish.shacl.report import Finding, Report, Severity
from publish.shacl.shapes import Shapes

_SEVERITIES: dict[Node | None, Severity] = {
    SH.Violation: "Violation",
    SH.Warning: "Warning",
    SH.Info: "Info",
}
#: `{?name}` or `{$name}` of a SPARQL-based message, as it looks when escaped.
_VARIABLE = re.compile(r"\\\{\\[?$]\w+\\\}")


def validate(dataset: Dataset, shapes: Shapes) -> Report:
    """Return what the shapes find in the dataset (all graphs together, nothing inferred).

    Raises GraphError if the engine cannot use the shapes.
    """
    store, known = dataset.known(), Known(dataset, shapes)
    empty, focus_nodes = _focus_nodes(store, shapes)
    findings = [_without_focus(shape, shapes) for shape in empty]
    findings += _results(as_rdflib(iter(store)), known)
    return Report(with_causes(findings, known), focus_nodes)


def _focus_nodes(store: ox.Store, shapes: Shapes) -> tuple[list[str], int]:
    """Return the shapes that have targets but no focus node, and the number of focus nodes."""
    empty, total = [], 0
    for shape in sorted(shapes.targeted(), key=str):
        count = len(set(_targets(store, shapes.graph, shape)))
        total += count
        if not count:
            empty.append(str(shape))
    return empty, total


def _targets(store: ox.Store, graph: rdflib.Graph, shape: Node) -> Iterator[str]:
    for class_ in graph.objects(shape, SH.targetClass):
        for subclass in _with_subclasses(store, str(class_)):
            for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(subclass)):
                yield str(quad.subject)
    for node in graph.objects(shape, SH.targetNode):
        yield str(node)
    for predicate in graph.objects(shape, SH.targetSubjectsOf):
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(predicate)), None):
            yield str(quad.subject)
    for predicate in graph.objects(shape, SH.targetObjectsOf):
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(predicate)), None):
            yield str(quad.object)


def _with_subclasses(store: ox.Store, class_: str) -> set[str]:
    found, waiting = {class_}, [class_]
    broader = ox.NamedNode(ns.RDFS + "subClassOf")
    while waiting:
        for quad in store.quads_for_pattern(None, broader, ox.NamedNode(waiting.pop())):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in found:
                found.add(quad.subject.value)
                waiting.append(quad.subject.value)
    return found


def _without_focus(shape: str, shapes: Shapes) -> Finding:
    return Finding(
        severity="Violation",
        focus=shape,
        path=None,
        value=None,
        shape=shape,
        component="FocusNodes",
        message=Text(
            "この規則の対象となるものが一つもありません。クラス名の誤り又はデータの欠落が考えられます。",
            "This shape has no focus node at all: a wrong class name, or data that is missing.",
        ),
        place=shapes.place_of(shape),
    )


def _results(graph: rdflib.Graph, known: Known) -> Iterator[Finding]:
    try:
        _, report, _ = pyshacl.validate(
            graph, shacl_graph=known.shapes.graph, inference=None, advanced=False, inplace=True
        )
    except Exception as error:  # the engine raises all kinds; data cannot be the cause
        raise _unusable(str(error)) from error
    if not isinstance(report, rdflib.Graph):
        raise _unusable(str(report))
    for result in report.objects(None, SH.result):  # those of sh:detail are parts of others
        yield mended(_finding(report, result, known), known)


def _unusable(why: str) -> GraphError:
    return GraphError(
        Text("形状定義が使えません（{why}）。", "The shapes cannot be used ({why}).").format(
            why=why.strip().partition("\n")[0]
        ),
        Text("shapes/ を直してください。", "Correct the files in shapes/."),
        Place("shapes/"),
    )


def _finding(report: rdflib.Graph, result: Node, known: Known) -> Finding:
    focus = str(report.value(result, SH.focusNode))
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    rule = _rule(report, result)
    component = str(report.value(result, SH.sourceConstraintComponent))
    found = Finding(
        severity=_SEVERITIES.get(report.value(result, SH.resultSeverity), "Violation"),
        focus=focus,
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
        shape=str(rule),
        component=component.rpartition("#")[2],
        message=_message(report, result, known.shapes),
        place=None,
    )
    # a rule in SPARQL may name the property itself (`?path`): then the statement is known
    place = None if found.path else place_by_query(found, known)
    place = place or _place(known, focus, path, value)
    return msgspec.structs.replace(found, place=place)


def _rule(report: rdflib.Graph, result: Node) -> Node | None:
    """Return what the result breaks: a SPARQL constraint with a name of its own, or the shape."""
    constraint = report.value(result, SH.sourceConstraint)
    named = isinstance(constraint, URIRef)
    return constraint if named else report.value(result, SH.sourceShape)


def _message(report: rdflib.Graph, result: Node, shapes: Shapes) -> Text:
    """Return the rule's message; the engine mixes in those of the shape around it."""
    origins = (report.value(result, SH.sourceConstraint), report.value(result, SH.sourceShape))
    templates = next(filter(None, (_templates(shapes, origin) for origin in origins)), [])
    said = sorted(report.objects(result, SH.resultMessage), key=str)
    texts = [term for term in said if isinstance(term, rdflib.Literal)]
    fallback = str(texts[0]) if texts else ""
    known = {language: str(t) for t in texts if (language := _language(str(t), templates))}
    known = known or {term.language or "": str(term) for term in texts}
    other = next(iter(known.values()), fallback)
    return Text(known.get("ja", other), known.get("en", other))


def _templates(shapes: Shapes, origin: Node | None) -> list[rdflib.Literal]:
    if origin is None:
        return []
    found = shapes.graph.objects(origin, SH.message)
    return [template for template in found if isinstance(template, rdflib.Literal)]


def _language(message: str, templates: list[rdflib.Literal]) -> str | None:
    """Return the language of a message whose tag the engine lost when it filled in values."""
    for template in templates:
        pattern = _VARIABLE.sub(".*", re.escape(template))
        if re.fullmatch(pattern, message, re.DOTALL):
            return template.language
    return None


def _place(known: Known, focus: str, path: Node | None, value: Node | None) -> Place | None:
    """Return where the best match was read: the triple, else its property, else the thing.

    Without a path the value is the thing at fault if it is one, as in a rule over a whole list.
    """
    if path is None and value is not None and str(value) != focus:
        place = _best(known, str(value), ((TYPE.value,), ()))
        if place:
            return place
    return _best(known, focus, ((str(path), str(value)), (str(path),), (TYPE.value,), ()))


def _best(known: Known, subject: str, wishes: tuple[tuple[str, ...], ...]) -> Place | None:
    """Return where a thing's statement was read that begins (predicate, object) as first wished."""
    triples = known.by_subject.get(subject, ())
    for wanted in wishes:
        for triple in triples:
            if tuple(term.value for term in triple[1 : 1 + len(wanted)]) == wanted:
                place = known.dataset.place_of(triple)
                if place:
                    return place
    return None

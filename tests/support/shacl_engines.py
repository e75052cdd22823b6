"""Two SHACL engines that share no code, pySHACL and pyrudof, and what they report, to compare.

Both are used as they come: with their defaults, and with nothing done to shapes or data.
"""

from __future__ import annotations

from typing import NamedTuple

import pyrudof
import pyshacl
from rdflib import SH, BNode, Graph, Literal
from rdflib.term import Node


class Result(NamedTuple):
    """What a validation result says, without what each engine words in its own way.

    Blank nodes all look alike; language tags are in lower case, which rdflib makes of them.
    """

    focus: str
    path: str
    value: str
    component: str
    severity: str


def results(report: Graph) -> list[Result]:
    """Return the results of a validation report, sorted."""
    found = (_result(report, one) for one in report.objects(None, SH.result))
    return sorted(found)


def _result(report: Graph, one: Node) -> Result:
    path = report.value(one, SH.resultPath)
    return Result(
        _plain(report.value(one, SH.focusNode)),
        _spelt(report, path) if isinstance(path, BNode) else _plain(path),
        _plain(report.value(one, SH.value)),
        str(report.value(one, SH.sourceConstraintComponent)).rpartition("#")[2],
        str(report.value(one, SH.resultSeverity)).rpartition("#")[2],
    )


def _plain(term: Node | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal) and term.language:
        return f"{term}@{term.language.lower()}"
    return "_:" if isinstance(term, BNode) else str(term)


def _spelt(graph: Graph, path: BNode) -> str:
    """Return a path of several steps with all that it is made of."""
    parts = sorted(
        f"{predicate} {_spelt(graph, part) if isinstance(part, BNode) else part}"
        for predicate, part in graph.predicate_objects(path)
    )
    return f"({', '.join(parts)})"


def by_pyshacl(shapes: bytes, data: bytes) -> Graph:
    """Return pySHACL's report on N-Triples by shapes in Turtle."""
    _, report, _ = pyshacl.validate(
        Graph().parse(data=data, format="nt"),
        shacl_graph=Graph().parse(data=shapes, format="turtle"),
    )
    assert isinstance(report, Graph)
    return report


def by_pyrudof(shapes: bytes, data: bytes) -> Graph:
    """Return pyrudof's report on N-Triples by shapes in Turtle.

    Raises pyrudof.RudofError if it gives up.
    """
    engine = pyrudof.Rudof(pyrudof.RudofConfig())  # a used one adds data to those that it had
    engine.read_shacl(shapes.decode(), pyrudof.ShaclFormat.Turtle)
    engine.read_data(data.decode(), pyrudof.RDFFormat.NTriples)
    engine.validate_shacl()
    said = engine.serialize_shacl_validation_results(pyrudof.ResultShaclValidationFormat.NTriples)
    return Graph().parse(data=said, format="nt")

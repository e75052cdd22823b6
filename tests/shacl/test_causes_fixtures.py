"""publish.shacl.causes: each fixture of the shapes, which has one deviation, gives one message."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from publish.iris import Iris
from publish.project.dataset import Dataset
from publish.rdf.terms import Triple
from publish.shacl.shapes import Shapes
from publish.shacl.validate import validate
from tests.whole.test_shapes import BASE, DEVIATIONS, PROJECT, deviating, shapes_for, title

#: Directories whose fixtures deviate in every way that findings can follow from each other.
DIRECTORIES = {
    "activity", "agreement", "concept-scheme", "dated", "fiscal-year", "initiative", "quantified", "region",
    "regional-initiative", "source-document", "source-passage",
}  # fmt: skip
CHOSEN = [path for path in DEVIATIONS if path.parent.name in DIRECTORIES]
IRIS = Iris.at(BASE)


def _term(term: Node) -> ox.NamedNode | ox.Literal:
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=datatype)
    assert isinstance(term, URIRef)
    return ox.NamedNode(str(term))


def _triple(triple: tuple[Node, Node, Node]) -> Triple:
    subject, predicate, object_ = map(_term, triple)
    assert isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode)
    return subject, predicate, object_


def _dataset(data: Graph) -> Dataset | None:
    """Return a graph as a dataset, or None if it has blank nodes, which no project can have."""
    if any(isinstance(term, BNode) for triple in data for term in triple):
        return None
    return Dataset(IRIS, PROJECT, {_triple(triple): ("source", None) for triple in data})


@pytest.mark.parametrize("path", CHOSEN, ids=title)
def test_one_deviation_gives_one_message(path: Path) -> None:
    dataset = _dataset(deviating(path))
    if dataset is None:
        assert "iri" in path.stem
        return
    report = validate(dataset, Shapes(IRIS, shapes_for(path.parent.name)))
    told = [one for one in report.told if one.component != "FocusNodes"]
    assert len(told) == 1, [f"{one.shape} {one.component} {one.what.ja}" for one in told]
    assert "規則「" not in told[0].remedy.ja

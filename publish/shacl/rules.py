"""Rules -> graph/derived (SHACL Advanced Features: `sh:SPARQLRule`).

A project's rules stand in its shapes. Each constructs triples over the union of all graphs;
rules run again until nothing new appears, and only what is new is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import SH

from publish.errors import GraphError, Place
from publish.i18n import Text
from publish.project.dataset import DERIVED, Dataset
from publish.rdf.terms import Triple, constructed
from publish.shacl.shapes import Shapes, declared_prefixes

#: A chain of this many rounds means that the rules feed each other without end.
MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """A SPARQL CONSTRUCT query that adds what follows from the data, and where it stands."""

    iri: str
    order: float
    construct: str
    place: Place | None


def rules_of(shapes: Shapes) -> list[Rule]:
    """Return the rules that the shapes declare, in their `sh:order`."""
    prefixes = declared_prefixes(shapes)
    rules = [
        Rule(
            str(rule),
            shapes.order_of(rule),
            prefixes + str(text),
            shapes.place_of(str(rule), str(SH.construct)),
        )
        for rule, text in shapes.graph.subject_objects(SH.construct)
    ]
    return sorted(rules, key=lambda rule: (rule.order, rule.iri))


def derive(dataset: Dataset, shapes: Shapes) -> int:
    """Add to graph/derived whatever the rules yield; return how many triples that is.

    Raises GraphError for a rule that cannot be applied, or if they do not come to an end.
    """
    rules, store, added = rules_of(shapes), dataset.known(), 0
    graph = ox.NamedNode(dataset.iris.graph(DERIVED))
    for _ in range(MOST_ROUNDS):
        new = [triple for rule in rules for triple in _news(rule, store, dataset)]
        store.extend(ox.Quad(*triple, graph) for triple in new)
        added += len(new)
        if not new:
            return added
    raise GraphError(
        Text("導出規則の適用が終わりません。", "The derivation rules do not come to an end."),
        Text("互いを呼び合う規則を見直してください。", "Look for rules that feed each other."),
    )


def _news(rule: Rule, store: ox.Store, dataset: Dataset) -> Iterator[Triple]:
    try:
        for triple in constructed(store, rule.construct):
            if triple not in dataset.found and triple not in dataset.borrowed:
                dataset.found[triple] = (DERIVED, None)
                yield triple
    except (SyntaxError, TypeError) as error:
        raise GraphError(
            Text("規則が実行できません（{why}）。", "The rule cannot be applied ({why}).").format(
                why=error
            ),
            Text(
                "IRI又はリテラルだけを作るCONSTRUCT文にしてください。",
                "Write a CONSTRUCT query that makes IRIs and literals only.",
            ),
            rule.place,
        ) from error

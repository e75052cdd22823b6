"""What an OWL 2 RL reasoner makes of the data: no contradiction, and nothing made one that is two.

The axioms of other vocabularies are in `axioms.ttl`, those of ours in the data.
"""

from __future__ import annotations

from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, Graph, URIRef

from publish.release.release import Release
from tests.support.real import BASE

AXIOMS = Path(__file__).with_name("axioms.ttl")
PREFIXES = f"""
    BASE <{BASE}>
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX geo: <http://www.opengis.net/ont/geosparql#>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def reasoned(statements: Graph) -> tuple[Graph, list[str]]:
    """Return the closure of statements under OWL 2 RL, and the contradictions found."""
    graph = Graph().parse(AXIOMS)
    graph += statements
    closure = owlrl.OWLRL_Semantics(graph, False, False, False)
    closure.closure()
    return graph, list(closure.error_messages)


def identities(graph: Graph) -> set[tuple[str, str]]:
    """Return what is said, or inferred, to be the same as something else."""
    pairs = graph.subject_objects(OWL.sameAs)
    return {
        (str(one), str(other))
        for one, other in pairs
        if one != other and isinstance(one, URIRef) and isinstance(other, URIRef)
    }


@pytest.fixture(scope="module")
def published(release: Release) -> Graph:
    """Content and catalogue, without the texts, of which no axiom speaks."""
    lines = [
        f"{quad.triple} ." for quad in release.store if not isinstance(quad.object, ox.Literal)
    ]
    return Graph().parse(data="\n".join(lines), format="nt")


def test_reasoning_finds_no_contradiction_and_makes_no_two_things_one(published: Graph) -> None:
    graph, contradictions = reasoned(published)
    assert not contradictions
    assert identities(graph) == identities(published)


@pytest.mark.parametrize(
    "planted",
    [
        # a plan that is done
        "<id/strategy/society5-promotion-plan> a prov:Plan , prov:Activity .",
        # a list that is one of its entries
        "<id/scheme/topic> a skos:ConceptScheme , skos:Concept .",
        # an area that is its own outline
        "<id/region/sorachi> a geo:Feature , geo:Geometry .",
        # a term that is related to what is above it
        "<id/topic/ict> skos:broader <id/topic/technology> ; skos:related <id/topic/technology> .",
        # the same and only wider
        "<id/region/sorachi> skos:exactMatch <urn:a> ; skos:broadMatch <urn:a> .",
    ],
)
def test_a_contradiction_is_found(planted: str) -> None:
    assert reasoned(Graph().parse(data=PREFIXES + planted, format="turtle"))[1]


@pytest.mark.parametrize(
    "planted",
    [
        # a page of two things
        "<catalog> foaf:homepage <> . <catalog#dataset> foaf:homepage <> .",
        # an area and the body that governs it
        "<id/municipality/1> foaf:homepage <urn:p> . <id/organization/1> foaf:homepage <urn:p> .",
        # a page about two things
        "<about> foaf:primaryTopic <urn:a> , <urn:b> .",
    ],
)
def test_an_unmeant_identity_is_found(planted: str) -> None:
    graph, _ = reasoned(Graph().parse(data=PREFIXES + planted, format="turtle"))
    assert identities(graph)

# expects: Strategy NodeKindConstraintComponent
# expects: Strategy PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX strategy: <id/strategy/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    strategy:society5-promotion-plan ?p ?o
}

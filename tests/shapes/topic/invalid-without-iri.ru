# expects: Topic NodeKindConstraintComponent
# expects: Topic PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX topic: <id/topic/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    topic:ict ?p ?o
}

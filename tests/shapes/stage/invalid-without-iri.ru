# expects: Stage NodeKindConstraintComponent
# expects: Stage PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX stage: <id/stage/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    stage:under-way ?p ?o
}

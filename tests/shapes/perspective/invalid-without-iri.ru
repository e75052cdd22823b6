# expects: Perspective NodeKindConstraintComponent
# expects: Perspective PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX perspective: <id/perspective/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    perspective:quality-of-life ?p ?o
}

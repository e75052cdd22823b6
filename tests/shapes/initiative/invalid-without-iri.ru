# expects: Initiative NodeKindConstraintComponent
# expects: Initiative PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX initiative: <id/initiative/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    initiative:telemedicine ?p ?o
}

# expects: Prefecture NodeKindConstraintComponent
# expects: Prefecture PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX prefecture: <id/prefecture/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    prefecture:01 ?p ?o
}

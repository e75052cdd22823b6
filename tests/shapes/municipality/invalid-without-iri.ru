# expects: Municipality NodeKindConstraintComponent
# expects: Municipality PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX municipality: <id/municipality/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    municipality:011002 ?p ?o
}

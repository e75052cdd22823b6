# expects: Region NodeKindConstraintComponent
# expects: Region PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX region: <id/region/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    region:sorachi ?p ?o
}

# expects: Geometry NodeKindConstraintComponent
# expects: Geometry PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX geometry: <id/geometry/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    geometry:region-sorachi ?p ?o
}

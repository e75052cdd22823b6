# expects: Pillar NodeKindConstraintComponent
# expects: Pillar PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX pillar: <id/pillar/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    pillar:living ?p ?o
}

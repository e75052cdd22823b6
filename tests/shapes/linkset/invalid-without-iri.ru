# expects: Linkset NodeKindConstraintComponent
# expects: Linkset PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX linkset: <id/linkset/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    linkset:wikidata-confirmed ?p ?o
}

# expects: Organization NodeKindConstraintComponent
# expects: Organization PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX organization: <id/organization/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    organization:sorachi-bureau ?p ?o
}

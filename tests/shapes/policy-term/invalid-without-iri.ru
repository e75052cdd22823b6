# expects: PolicyTerm NodeKindConstraintComponent
# expects: PolicyTerm PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX policy-term: <id/policy-term/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    policy-term:related-population ?p ?o
}

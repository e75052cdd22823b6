# expects: Beneficiary NodeKindConstraintComponent
# expects: Beneficiary PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX beneficiary: <id/beneficiary/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    beneficiary:residents ?p ?o
}

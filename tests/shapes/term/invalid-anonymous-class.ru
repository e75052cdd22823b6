# expects: OntologyClass NodeKindConstraintComponent
# expects: OntologyClass PatternConstraintComponent
# An anonymous class.

PREFIX s5: <ontology#>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    s5:Activity ?p ?o
}

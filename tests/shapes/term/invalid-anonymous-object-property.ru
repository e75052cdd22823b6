# expects: OntologyObjectProperty NodeKindConstraintComponent
# expects: OntologyObjectProperty PatternConstraintComponent
# An anonymous object property.

PREFIX s5: <ontology#>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    s5:activityOf ?p ?o
}

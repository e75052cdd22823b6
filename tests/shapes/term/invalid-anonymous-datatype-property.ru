# expects: OntologyDatatypeProperty NodeKindConstraintComponent
# expects: OntologyDatatypeProperty PatternConstraintComponent
# An anonymous datatype property.

PREFIX s5: <ontology#>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    s5:quantity ?p ?o
}

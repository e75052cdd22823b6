# expects: Term-inverseOf MaxCountConstraintComponent

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:activityOf owl:inverseOf s5:activityOf .
}

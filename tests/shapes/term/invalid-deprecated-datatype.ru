# expects: Term-deprecated DatatypeConstraintComponent

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:activityOf owl:deprecated "はい" .
}

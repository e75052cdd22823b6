# expects: Term-isDefinedBy MaxCountConstraintComponent

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:activityOf rdfs:isDefinedBy <id/none/second> .
    <id/none/second> a owl:Ontology .
}

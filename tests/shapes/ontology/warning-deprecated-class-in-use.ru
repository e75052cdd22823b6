# expects: OntologyAdvice-deprecated SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

INSERT DATA {
    s5:Old owl:deprecated true .
    s5:Old rdfs:isDefinedBy <ontology> .
    initiative:telemedicine a s5:Old .
}

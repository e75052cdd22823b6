# expects: Term-isDefinedBy MinCountConstraintComponent

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

DELETE WHERE { s5:activityOf rdfs:isDefinedBy ?value }

# expects: Term-isDefinedBy ClassConstraintComponent
# The value is no owl:Ontology.

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

DELETE { s5:activityOf rdfs:isDefinedBy ?old }
INSERT { s5:activityOf rdfs:isDefinedBy <id/none/unknown> }
WHERE { s5:activityOf rdfs:isDefinedBy ?old }

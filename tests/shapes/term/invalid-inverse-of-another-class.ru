# expects: Term-inverseOf ClassConstraintComponent
# The value is no owl:ObjectProperty.

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX s5: <ontology#>

DELETE { s5:activityOf owl:inverseOf ?old }
INSERT { s5:activityOf owl:inverseOf <id/none/unknown> }
WHERE { s5:activityOf owl:inverseOf ?old }

# expects: OntologyObjectProperty PatternConstraintComponent
# ActivityOf is not in the style of the names.

PREFIX s5: <ontology#>

DELETE { s5:activityOf ?p ?o }
INSERT { s5:ActivityOf ?p ?o }
WHERE { s5:activityOf ?p ?o }

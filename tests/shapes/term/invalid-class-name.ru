# expects: OntologyClass PatternConstraintComponent
# activity_class is not in the style of the names.

PREFIX s5: <ontology#>

DELETE { s5:Activity ?p ?o }
INSERT { s5:activity_class ?p ?o }
WHERE { s5:Activity ?p ?o }

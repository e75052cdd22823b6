# expects: OntologyDatatypeProperty PatternConstraintComponent
# Quantity is not in the style of the names.

PREFIX s5: <ontology#>

DELETE { s5:quantity ?p ?o }
INSERT { s5:Quantity ?p ?o }
WHERE { s5:quantity ?p ?o }

# expects: Ontology-versionInfo DatatypeConstraintComponent

PREFIX owl: <http://www.w3.org/2002/07/owl#>

DELETE { <ontology> owl:versionInfo ?old }
INSERT { <ontology> owl:versionInfo "1.0.0"@en }
WHERE { <ontology> owl:versionInfo ?old }

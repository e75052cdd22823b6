# expects: Ontology-versionIRI MinCountConstraintComponent

PREFIX owl: <http://www.w3.org/2002/07/owl#>

DELETE WHERE { <ontology> owl:versionIRI ?value }

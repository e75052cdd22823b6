# expects: Ontology-versionIRI NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX owl: <http://www.w3.org/2002/07/owl#>

DELETE { <ontology> owl:versionIRI ?old }
INSERT { <ontology> owl:versionIRI "1.0.0" }
WHERE { <ontology> owl:versionIRI ?old }

# expects: Ontology-issued DatatypeConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:issued ?old }
INSERT { <ontology> dcterms:issued "2026" }
WHERE { <ontology> dcterms:issued ?old }

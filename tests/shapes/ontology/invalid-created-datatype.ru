# expects: Ontology-created DatatypeConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:created ?old }
INSERT { <ontology> dcterms:created "2026" }
WHERE { <ontology> dcterms:created ?old }

# expects: Ontology-modified DatatypeConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:modified ?old }
INSERT { <ontology> dcterms:modified "2026" }
WHERE { <ontology> dcterms:modified ?old }

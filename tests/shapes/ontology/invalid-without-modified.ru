# expects: Ontology-modified MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { <ontology> dcterms:modified ?value }

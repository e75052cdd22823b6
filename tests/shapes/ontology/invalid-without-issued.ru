# expects: Ontology-issued MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { <ontology> dcterms:issued ?value }

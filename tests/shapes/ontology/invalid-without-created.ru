# expects: Ontology-created MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { <ontology> dcterms:created ?value }

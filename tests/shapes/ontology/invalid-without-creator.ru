# expects: Ontology-creator MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { <ontology> dcterms:creator ?value }

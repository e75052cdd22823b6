# expects: Ontology-license MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { <ontology> dcterms:license ?value }

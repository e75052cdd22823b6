# expects: Ontology-description-en QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:description ?text }
WHERE { <ontology> dcterms:description ?text FILTER(LANG(?text) = "en") }

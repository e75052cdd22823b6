# expects: Ontology-title-en QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:title ?text }
WHERE { <ontology> dcterms:title ?text FILTER(LANG(?text) = "en") }

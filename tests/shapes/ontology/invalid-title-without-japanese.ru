# expects: Ontology-title-ja QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:title ?text }
WHERE { <ontology> dcterms:title ?text FILTER(LANG(?text) = "ja") }

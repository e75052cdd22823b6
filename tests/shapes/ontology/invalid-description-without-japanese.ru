# expects: Ontology-description-ja QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { <ontology> dcterms:description ?text }
WHERE { <ontology> dcterms:description ?text FILTER(LANG(?text) = "ja") }

# expects: Strategy-description-ja QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

DELETE { strategy:society5-promotion-plan dcterms:description ?text }
WHERE { strategy:society5-promotion-plan dcterms:description ?text FILTER(LANG(?text) = "ja") }

# expects: Strategy-prefLabel-ja QualifiedMinCountConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX strategy: <id/strategy/>

DELETE { strategy:society5-promotion-plan skos:prefLabel ?text }
WHERE { strategy:society5-promotion-plan skos:prefLabel ?text FILTER(LANG(?text) = "ja") }

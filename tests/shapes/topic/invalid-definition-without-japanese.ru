# expects: Concept-definition-ja QualifiedMinCountConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE { topic:ict skos:definition ?text }
WHERE { topic:ict skos:definition ?text FILTER(LANG(?text) = "ja") }

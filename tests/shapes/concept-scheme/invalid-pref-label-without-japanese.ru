# expects: ConceptScheme-prefLabel-ja QualifiedMinCountConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { scheme:topic skos:prefLabel ?text }
WHERE { scheme:topic skos:prefLabel ?text FILTER(LANG(?text) = "ja") }

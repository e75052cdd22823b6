# expects: SourceDocument-prefLabel-ja QualifiedMinCountConstraintComponent

PREFIX document: <id/document/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { document:direction skos:prefLabel ?text }
WHERE { document:direction skos:prefLabel ?text FILTER(LANG(?text) = "ja") }

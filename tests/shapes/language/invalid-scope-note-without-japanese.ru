# expects: Language-scopeNotes SPARQLConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ?thing skos:scopeNote ?text }
WHERE { ?thing skos:scopeNote ?text FILTER(LANG(?text) = "ja") }

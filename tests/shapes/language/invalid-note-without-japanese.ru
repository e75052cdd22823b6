# expects: Language-notes SPARQLConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ?thing skos:note ?text }
WHERE { ?thing skos:note ?text FILTER(LANG(?text) = "ja") }

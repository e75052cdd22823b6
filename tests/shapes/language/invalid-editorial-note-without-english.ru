# expects: Language-editorialNotes SPARQLConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ?thing skos:editorialNote ?text }
WHERE { ?thing skos:editorialNote ?text FILTER(LANG(?text) = "en") }

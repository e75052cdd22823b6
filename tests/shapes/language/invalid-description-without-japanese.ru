# expects: Language-descriptions SPARQLConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { ?thing dcterms:description ?text }
WHERE { ?thing dcterms:description ?text FILTER(LANG(?text) = "ja") }

# expects: Language-creditLines SPARQLConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { ?thing dcterms:bibliographicCitation ?text }
WHERE { ?thing dcterms:bibliographicCitation ?text FILTER(LANG(?text) = "ja") }

# expects: Language-partners SPARQLConstraintComponent

PREFIX s5: <ontology#>

DELETE { ?thing s5:partner ?text }
WHERE { ?thing s5:partner ?text FILTER(LANG(?text) = "en") }

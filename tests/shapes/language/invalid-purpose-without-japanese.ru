# expects: Language-purposes SPARQLConstraintComponent

PREFIX s5: <ontology#>

DELETE { ?thing s5:purpose ?text }
WHERE { ?thing s5:purpose ?text FILTER(LANG(?text) = "ja") }

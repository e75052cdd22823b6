# expects: Language-reasons SPARQLConstraintComponent

PREFIX s5: <ontology#>

DELETE { ?thing s5:actorReason ?text }
WHERE { ?thing s5:actorReason ?text FILTER(LANG(?text) = "en") }

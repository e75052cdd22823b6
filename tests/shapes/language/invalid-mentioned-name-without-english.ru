# expects: Language-mentionedNames SPARQLConstraintComponent

PREFIX s5: <ontology#>

DELETE { ?thing s5:mentionedName ?text }
WHERE { ?thing s5:mentionedName ?text FILTER(LANG(?text) = "en") }

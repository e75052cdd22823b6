# expects: ConceptScheme-prefLabel LanguageInConstraintComponent
# expects: ConceptScheme-prefLabel MaxCountConstraintComponent
# A text in a third language.

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    scheme:topic skos:prefLabel "texte"@fr .
}

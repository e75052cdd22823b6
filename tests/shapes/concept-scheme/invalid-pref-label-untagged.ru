# expects: ConceptScheme-prefLabel DatatypeConstraintComponent
# expects: ConceptScheme-prefLabel LanguageInConstraintComponent
# expects: ConceptScheme-prefLabel MaxCountConstraintComponent
# A text without a language tag.

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    scheme:topic skos:prefLabel "タグなし" .
}

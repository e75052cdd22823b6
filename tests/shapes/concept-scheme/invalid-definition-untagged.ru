# expects: ConceptScheme-definition DatatypeConstraintComponent
# expects: ConceptScheme-definition LanguageInConstraintComponent
# expects: ConceptScheme-definition MaxCountConstraintComponent
# A text without a language tag.

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    scheme:topic skos:definition "タグなし" .
}

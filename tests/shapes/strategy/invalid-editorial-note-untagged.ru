# expects: Strategy-editorialNote DatatypeConstraintComponent
# expects: Strategy-editorialNote LanguageInConstraintComponent
# A text without a language tag.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan skos:editorialNote "タグなし" .
}

# expects: Strategy-prefLabel DatatypeConstraintComponent
# expects: Strategy-prefLabel LanguageInConstraintComponent
# expects: Strategy-prefLabel MaxCountConstraintComponent
# A text without a language tag.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan skos:prefLabel "タグなし" .
}

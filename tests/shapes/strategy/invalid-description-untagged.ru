# expects: Strategy-description DatatypeConstraintComponent
# expects: Strategy-description LanguageInConstraintComponent
# expects: Strategy-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan dcterms:description "タグなし" .
}

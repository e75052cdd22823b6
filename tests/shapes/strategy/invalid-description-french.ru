# expects: Strategy-description LanguageInConstraintComponent
# expects: Strategy-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan dcterms:description "texte"@fr .
}

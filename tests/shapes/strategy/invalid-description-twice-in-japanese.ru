# expects: Strategy-description UniqueLangConstraintComponent
# expects: Strategy-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan dcterms:description "もう一つ"@ja .
}

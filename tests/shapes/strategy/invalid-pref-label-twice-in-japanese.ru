# expects: Strategy-prefLabel UniqueLangConstraintComponent
# expects: Strategy-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan skos:prefLabel "もう一つ"@ja .
}

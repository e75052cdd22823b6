# expects: Strategy-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan skos:prefLabel "ヨミ"@ja-hrkt .
}

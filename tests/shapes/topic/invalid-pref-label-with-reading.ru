# expects: Concept-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:prefLabel "ヨミ"@ja-hrkt .
}

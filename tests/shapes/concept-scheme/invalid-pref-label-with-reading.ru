# expects: ConceptScheme-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    scheme:topic skos:prefLabel "ヨミ"@ja-hrkt .
}

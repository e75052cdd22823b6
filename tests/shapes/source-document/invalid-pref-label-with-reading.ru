# expects: SourceDocument-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX document: <id/document/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    document:direction skos:prefLabel "ヨミ"@ja-hrkt .
}

# expects: Initiative-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    initiative:telemedicine skos:prefLabel "ヨミ"@ja-hrkt .
}

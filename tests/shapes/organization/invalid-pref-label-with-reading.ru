# expects: Organization-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    organization:sorachi-bureau skos:prefLabel "ヨミ"@ja-hrkt .
}

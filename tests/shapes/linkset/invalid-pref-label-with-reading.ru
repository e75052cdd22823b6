# expects: Linkset-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX linkset: <id/linkset/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    linkset:wikidata-confirmed skos:prefLabel "ヨミ"@ja-hrkt .
}

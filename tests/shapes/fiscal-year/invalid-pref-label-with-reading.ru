# expects: FiscalYear-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX fiscal-year: <id/fiscal-year/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    fiscal-year:2020 skos:prefLabel "ヨミ"@ja-hrkt .
}

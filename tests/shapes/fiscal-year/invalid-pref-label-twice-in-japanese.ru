# expects: FiscalYear-prefLabel UniqueLangConstraintComponent
# expects: FiscalYear-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX fiscal-year: <id/fiscal-year/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    fiscal-year:2020 skos:prefLabel "もう一つ"@ja .
}

# expects: FiscalYear-prefLabel DatatypeConstraintComponent
# expects: FiscalYear-prefLabel LanguageInConstraintComponent
# expects: FiscalYear-prefLabel MaxCountConstraintComponent
# A text without a language tag.

PREFIX fiscal-year: <id/fiscal-year/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    fiscal-year:2020 skos:prefLabel "タグなし" .
}

# expects: FiscalYear-startDate MaxCountConstraintComponent
# expects: FiscalYear-span SPARQLConstraintComponent

PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX fiscal-year: <id/fiscal-year/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    fiscal-year:2020 dcat:startDate "2020-05-01"^^xsd:date .
}

# expects: FiscalYear-identifier MaxCountConstraintComponent
# expects: FiscalYear-span SPARQLConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fiscal-year: <id/fiscal-year/>

INSERT DATA {
    fiscal-year:2020 dcterms:identifier "2021" .
}

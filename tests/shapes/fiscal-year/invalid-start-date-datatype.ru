# expects: FiscalYear-startDate DatatypeConstraintComponent
# expects: FiscalYear-span SPARQLConstraintComponent

PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX fiscal-year: <id/fiscal-year/>

DELETE { fiscal-year:2020 dcat:startDate ?old }
INSERT { fiscal-year:2020 dcat:startDate "4月1日" }
WHERE { fiscal-year:2020 dcat:startDate ?old }

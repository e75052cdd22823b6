# expects: FiscalYear-endDate DatatypeConstraintComponent
# expects: FiscalYear-span SPARQLConstraintComponent

PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX fiscal-year: <id/fiscal-year/>

DELETE { fiscal-year:2020 dcat:endDate ?old }
INSERT { fiscal-year:2020 dcat:endDate "4月1日" }
WHERE { fiscal-year:2020 dcat:endDate ?old }

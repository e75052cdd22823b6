# expects: FiscalYear-span SPARQLConstraintComponent

PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX fiscal-year: <id/fiscal-year/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { fiscal-year:2020 dcat:startDate ?old }
INSERT { fiscal-year:2020 dcat:startDate "2020-01-01"^^xsd:date }
WHERE { fiscal-year:2020 dcat:startDate ?old }

# expects: FiscalYear-span SPARQLConstraintComponent

PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX fiscal-year: <id/fiscal-year/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { fiscal-year:2020 dcat:endDate ?old }
INSERT { fiscal-year:2020 dcat:endDate "2020-12-31"^^xsd:date }
WHERE { fiscal-year:2020 dcat:endDate ?old }

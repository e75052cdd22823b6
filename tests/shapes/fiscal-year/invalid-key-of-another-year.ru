# expects: FiscalYear-span SPARQLConstraintComponent
# Year and days of 2021 under the key 2020.

PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fiscal-year: <id/fiscal-year/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE WHERE { fiscal-year:2020 dcterms:identifier ?year ; dcat:startDate ?start ; dcat:endDate ?end } ;
INSERT DATA { fiscal-year:2020 dcterms:identifier "2021" ; dcat:startDate "2021-04-01"^^xsd:date ; dcat:endDate "2022-03-31"^^xsd:date }

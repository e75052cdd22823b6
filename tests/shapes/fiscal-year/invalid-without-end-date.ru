# expects: FiscalYear-endDate MinCountConstraintComponent

PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX fiscal-year: <id/fiscal-year/>

DELETE WHERE { fiscal-year:2020 dcat:endDate ?value }

# expects: FiscalYear-type HasValueConstraintComponent

PREFIX fiscal-year: <id/fiscal-year/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE DATA { fiscal-year:2020 a dcterms:PeriodOfTime }

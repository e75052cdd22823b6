# expects: FiscalYear-identifier MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fiscal-year: <id/fiscal-year/>

DELETE WHERE { fiscal-year:2020 dcterms:identifier ?value }

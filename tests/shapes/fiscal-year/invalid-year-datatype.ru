# expects: FiscalYear-identifier DatatypeConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fiscal-year: <id/fiscal-year/>

DELETE { fiscal-year:2020 dcterms:identifier ?old }
INSERT { fiscal-year:2020 dcterms:identifier 2020 }
WHERE { fiscal-year:2020 dcterms:identifier ?old }

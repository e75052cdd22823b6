# expects: Dated-withinFiscalYear SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { activity:survey-2020 dcterms:date ?old }
INSERT { activity:survey-2020 dcterms:date "2021-04"^^xsd:gYearMonth }
WHERE { activity:survey-2020 dcterms:date ?old }

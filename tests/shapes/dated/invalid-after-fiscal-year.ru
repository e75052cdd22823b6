# expects: Dated-withinFiscalYear SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX s5: <ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { activity:survey-2020 dcterms:date ?old ; s5:originalNotation ?notation }
INSERT { activity:survey-2020 dcterms:date "2021-04"^^xsd:gYearMonth ; s5:originalNotation "R3.4" }
WHERE { activity:survey-2020 dcterms:date ?old ; s5:originalNotation ?notation }

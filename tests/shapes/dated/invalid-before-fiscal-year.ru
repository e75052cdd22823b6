# expects: Dated-withinFiscalYear SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX s5: <ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { activity:survey-2020 dcterms:date ?old ; s5:originalNotation ?notation }
INSERT { activity:survey-2020 dcterms:date "2020-03"^^xsd:gYearMonth ; s5:originalNotation "R2.3" }
WHERE { activity:survey-2020 dcterms:date ?old ; s5:originalNotation ?notation }

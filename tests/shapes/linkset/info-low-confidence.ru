# expects: LinksetAdvice-confidence InConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

DELETE { linkset:wikidata-confirmed s5:confidence ?old }
INSERT { linkset:wikidata-confirmed s5:confidence "low" }
WHERE { linkset:wikidata-confirmed s5:confidence ?old }

# expects: Linkset-confidence InConstraintComponent
# expects: LinksetAdvice-confidence InConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

DELETE { linkset:wikidata-confirmed s5:confidence ?old }
INSERT { linkset:wikidata-confirmed s5:confidence "very high" }
WHERE { linkset:wikidata-confirmed s5:confidence ?old }

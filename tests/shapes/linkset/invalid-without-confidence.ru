# expects: Linkset-confidence MinCountConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

DELETE WHERE { linkset:wikidata-confirmed s5:confidence ?value }

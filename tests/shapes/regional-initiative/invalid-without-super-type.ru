# expects: RegionalInitiative-type HasValueConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE DATA { initiative:all-sorachi-tourism a s5:Initiative }

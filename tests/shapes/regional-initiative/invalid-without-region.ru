# expects: RegionalInitiative-region MinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE WHERE { initiative:all-sorachi-tourism s5:region ?value }

# expects: Initiative-hasActivity MinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE WHERE { initiative:telemedicine s5:hasActivity ?value }

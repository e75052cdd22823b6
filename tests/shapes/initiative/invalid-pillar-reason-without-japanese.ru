# expects: InitiativeWithPillar-pillarReason-ja QualifiedMinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE { initiative:telemedicine s5:pillarReason ?text }
WHERE { initiative:telemedicine s5:pillarReason ?text FILTER(LANG(?text) = "ja") }

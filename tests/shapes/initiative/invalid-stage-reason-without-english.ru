# expects: InitiativeWithPillar-stageReason-en QualifiedMinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE { initiative:telemedicine s5:stageReason ?text }
WHERE { initiative:telemedicine s5:stageReason ?text FILTER(LANG(?text) = "en") }

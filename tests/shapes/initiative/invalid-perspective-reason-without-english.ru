# expects: InitiativeWithPerspective-perspectiveReason-en QualifiedMinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE { initiative:telemedicine s5:perspectiveReason ?text }
WHERE { initiative:telemedicine s5:perspectiveReason ?text FILTER(LANG(?text) = "en") }

# expects: InitiativeWithRegionReason-regionReason-ja QualifiedMinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE { initiative:telemedicine s5:regionReason ?text }
WHERE { initiative:telemedicine s5:regionReason ?text FILTER(LANG(?text) = "ja") }

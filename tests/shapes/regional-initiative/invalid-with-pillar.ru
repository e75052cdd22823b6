# expects: RegionalInitiative-pillar MaxCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX pillar: <id/pillar/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:all-sorachi-tourism s5:pillar pillar:industry .
}

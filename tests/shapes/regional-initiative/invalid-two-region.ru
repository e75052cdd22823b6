# expects: RegionalInitiative-region MaxCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:all-sorachi-tourism s5:region region:ishikari .
}

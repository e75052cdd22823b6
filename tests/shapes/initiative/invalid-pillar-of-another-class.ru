# expects: Initiative-pillar ClassConstraintComponent
# The value is no s5:Pillar.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:pillar <id/none/unknown> .
}

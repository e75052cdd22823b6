# expects: Initiative-technology ClassConstraintComponent
# The value is no s5:Topic.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:technology <id/none/unknown> .
}

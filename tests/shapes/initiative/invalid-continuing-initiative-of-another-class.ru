# expects: Initiative-continuedBy ClassConstraintComponent
# The value is no s5:Initiative.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:continuedBy <id/none/unknown> .
}

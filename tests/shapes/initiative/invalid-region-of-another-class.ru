# expects: Initiative-region ClassConstraintComponent
# The value is no s5:Region.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:region <id/none/unknown> .
}

# expects: Initiative-hasActivity ClassConstraintComponent
# The value is no s5:Activity.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:hasActivity <id/none/unknown> .
}

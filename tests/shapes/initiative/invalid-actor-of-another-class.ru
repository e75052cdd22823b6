# expects: Initiative-actor ClassConstraintComponent
# The value is no org:Organization.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:actor <id/none/unknown> .
}

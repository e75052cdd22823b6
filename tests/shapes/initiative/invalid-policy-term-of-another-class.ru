# expects: Initiative-policyTerm ClassConstraintComponent
# The value is no s5:PolicyTerm.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:policyTerm <id/none/unknown> .
}

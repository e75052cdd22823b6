# expects: Initiative-beneficiary ClassConstraintComponent
# The value is no s5:Beneficiary.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:beneficiary <id/none/unknown> .
}

# expects: Initiative-fiscalYear ClassConstraintComponent
# The value is no s5:FiscalYear.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:fiscalYear <id/none/unknown> .
}

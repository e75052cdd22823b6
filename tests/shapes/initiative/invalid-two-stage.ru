# expects: Initiative-stage MaxCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:stage <id/none/second> .
    <id/none/second> a s5:Stage .
}

# expects: Activity-beneficiary ClassConstraintComponent
# The value is no s5:Beneficiary.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:beneficiary <id/none/unknown> .
}

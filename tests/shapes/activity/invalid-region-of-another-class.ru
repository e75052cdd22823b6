# expects: Activity-region ClassConstraintComponent
# The value is no s5:Region.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:region <id/none/unknown> .
}

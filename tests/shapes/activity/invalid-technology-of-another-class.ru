# expects: Activity-technology ClassConstraintComponent
# The value is no s5:Topic.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:technology <id/none/unknown> .
}

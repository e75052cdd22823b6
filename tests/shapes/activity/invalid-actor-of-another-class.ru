# expects: Activity-actor ClassConstraintComponent
# The value is no org:Organization.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:actor <id/none/unknown> .
}

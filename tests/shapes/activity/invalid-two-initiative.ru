# expects: Activity-activityOf MaxCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:activityOf <id/none/second> .
    <id/none/second> a s5:Initiative .
}

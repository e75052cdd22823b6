# expects: Activity-quantity MaxCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:quantity 6 .
}

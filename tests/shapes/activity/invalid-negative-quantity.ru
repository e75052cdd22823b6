# expects: Activity-quantity MinInclusiveConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE { activity:expert-panel-2020 s5:quantity ?old }
INSERT { activity:expert-panel-2020 s5:quantity -5 }
WHERE { activity:expert-panel-2020 s5:quantity ?old }

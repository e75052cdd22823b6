# expects: Activity-quantity DatatypeConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE { activity:expert-panel-2020 s5:quantity ?old }
INSERT { activity:expert-panel-2020 s5:quantity 5.5 }
WHERE { activity:expert-panel-2020 s5:quantity ?old }

# expects: Activity-originalNotation DatatypeConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE { activity:expert-panel-2020 s5:originalNotation ?old }
INSERT { activity:expert-panel-2020 s5:originalNotation "R2年度"@ja }
WHERE { activity:expert-panel-2020 s5:originalNotation ?old }

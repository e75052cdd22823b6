# expects: Activity-activityOf ClassConstraintComponent
# The value is no s5:Initiative.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE { activity:expert-panel-2020 s5:activityOf ?old }
INSERT { activity:expert-panel-2020 s5:activityOf <id/none/unknown> }
WHERE { activity:expert-panel-2020 s5:activityOf ?old }

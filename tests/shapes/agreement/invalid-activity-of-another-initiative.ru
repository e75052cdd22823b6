# expects: ActivityOfInitiative-passage SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE DATA { activity:trial s5:activityOf initiative:snow } ;
INSERT DATA { activity:trial s5:activityOf initiative:school }

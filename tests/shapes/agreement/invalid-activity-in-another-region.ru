# expects: ActivityOfInitiative-region SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX organization: <id/organization/>
PREFIX region: <id/region/>
PREFIX s5: <ontology#>

DELETE DATA { activity:survey s5:region region:north ; s5:actor organization:north-bureau } ;
INSERT DATA { activity:survey s5:region region:south }

# expects: ActorOfRegion-jurisdiction SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE DATA { activity:training s5:actor organization:north-bureau } ;
INSERT DATA { activity:training s5:actor organization:south-bureau }

# expects: ActorOfRegion-jurisdiction SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

DELETE DATA { initiative:care s5:actor organization:north-bureau } ;
INSERT DATA { initiative:care s5:actor organization:south-bureau }

# expects: ActorOfRegion-jurisdiction SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX organization: <id/organization/>
PREFIX s5: <ontology#>

INSERT DATA { initiative:snow s5:actor organization:north-bureau }

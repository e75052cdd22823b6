# expects: Linkset-links SPARQLConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA { <http://www.wikidata.org/entity/Q1> void:inDataset linkset:wikidata-confirmed }

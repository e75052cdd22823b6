# expects: LinkTarget-inDataset ClassConstraintComponent

PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA { <http://www.wikidata.org/entity/Q1> void:inDataset <http://www.wikidata.org/> }

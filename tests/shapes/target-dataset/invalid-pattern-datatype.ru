# expects: TargetDataset-uriRegexPattern DatatypeConstraintComponent

PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA { <http://www.wikidata.org/> void:uriRegexPattern "^Q[0-9]+$"@en }

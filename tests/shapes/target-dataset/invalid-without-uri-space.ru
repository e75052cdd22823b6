# expects: TargetDataset-uriSpace MinCountConstraintComponent

PREFIX void: <http://rdfs.org/ns/void#>

DELETE WHERE { <http://www.wikidata.org/> void:uriSpace ?value }

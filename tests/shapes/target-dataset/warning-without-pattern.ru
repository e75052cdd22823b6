# expects: TargetDatasetAdvice-uriRegexPattern MinCountConstraintComponent

PREFIX void: <http://rdfs.org/ns/void#>

DELETE WHERE { <http://www.wikidata.org/> void:uriRegexPattern ?value }

# expects: TargetDataset-uriRegexPattern PatternConstraintComponent
# A regular expression that any longer IRI would match, too.

PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA { <http://www.wikidata.org/> void:uriRegexPattern "^http://www\\.wikidata\\.org/" }

# expects: TargetDataset-uriSpace DatatypeConstraintComponent

PREFIX void: <http://rdfs.org/ns/void#>

DELETE { <http://www.wikidata.org/> void:uriSpace ?old }
INSERT { <http://www.wikidata.org/> void:uriSpace "http://www.wikidata.org/entity/"@en }
WHERE { <http://www.wikidata.org/> void:uriSpace ?old }

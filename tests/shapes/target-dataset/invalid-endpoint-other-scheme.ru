# expects: TargetDataset-sparqlEndpoint PatternConstraintComponent
# An address that no client asks.

PREFIX void: <http://rdfs.org/ns/void#>

DELETE { <http://www.wikidata.org/> void:sparqlEndpoint ?old }
INSERT { <http://www.wikidata.org/> void:sparqlEndpoint <ftp://query.wikidata.org/sparql> }
WHERE { <http://www.wikidata.org/> void:sparqlEndpoint ?old }

# expects: TargetDataset-sparqlEndpoint PatternConstraintComponent
# A query is added to the address; there must be none yet.

PREFIX void: <http://rdfs.org/ns/void#>

DELETE { <http://www.wikidata.org/> void:sparqlEndpoint ?old }
INSERT { <http://www.wikidata.org/> void:sparqlEndpoint <https://query.wikidata.org/sparql?format=json> }
WHERE { <http://www.wikidata.org/> void:sparqlEndpoint ?old }

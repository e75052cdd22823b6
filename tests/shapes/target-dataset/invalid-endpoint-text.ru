# expects: TargetDataset-sparqlEndpoint NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX void: <http://rdfs.org/ns/void#>

DELETE { <http://www.wikidata.org/> void:sparqlEndpoint ?old }
INSERT { <http://www.wikidata.org/> void:sparqlEndpoint "https://query.wikidata.org/sparql" }
WHERE { <http://www.wikidata.org/> void:sparqlEndpoint ?old }

# expects: TargetDataset-sparqlEndpoint MaxCountConstraintComponent
# Which of them would an example ask?

PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA { <http://www.wikidata.org/> void:sparqlEndpoint <https://www.example.org/sparql> }

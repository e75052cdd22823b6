# expects: Term-label-en QualifiedMinCountConstraintComponent

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX s5: <ontology#>

DELETE { s5:activityOf rdfs:label ?text }
WHERE { s5:activityOf rdfs:label ?text FILTER(LANG(?text) = "en") }

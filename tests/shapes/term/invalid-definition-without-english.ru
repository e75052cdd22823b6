# expects: Term-definition-en QualifiedMinCountConstraintComponent

PREFIX s5: <ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { s5:activityOf skos:definition ?text }
WHERE { s5:activityOf skos:definition ?text FILTER(LANG(?text) = "en") }

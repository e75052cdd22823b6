# expects: ConceptScheme-definition-en QualifiedMinCountConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { scheme:topic skos:definition ?text }
WHERE { scheme:topic skos:definition ?text FILTER(LANG(?text) = "en") }

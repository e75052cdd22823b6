# expects: ConceptScheme-hasTopConcept MinCountConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { scheme:topic skos:hasTopConcept ?value }

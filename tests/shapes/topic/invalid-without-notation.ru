# expects: Concept-notation MinCountConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE WHERE { topic:ict skos:notation ?value }

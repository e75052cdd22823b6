# expects: Concept-type HasValueConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE DATA { topic:ict a skos:Concept }

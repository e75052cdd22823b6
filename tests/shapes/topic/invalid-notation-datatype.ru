# expects: Concept-notation DatatypeConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE { topic:ict skos:notation ?old }
INSERT { topic:ict skos:notation "ict"@en }
WHERE { topic:ict skos:notation ?old }

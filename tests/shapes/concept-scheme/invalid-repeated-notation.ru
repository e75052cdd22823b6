# expects: ConceptScheme-uniqueNotations SPARQLConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE { topic:technology skos:notation ?old }
INSERT { topic:technology skos:notation "ict" }
WHERE { topic:technology skos:notation ?old }

# expects: Concept-inScheme ClassConstraintComponent
# expects: Topic-inScheme HasValueConstraintComponent
# The value is no skos:ConceptScheme.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE { topic:ict skos:inScheme ?old }
INSERT { topic:ict skos:inScheme <id/none/unknown> }
WHERE { topic:ict skos:inScheme ?old }

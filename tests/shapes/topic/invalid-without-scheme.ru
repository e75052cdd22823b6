# expects: Concept-inScheme MinCountConstraintComponent
# expects: Topic-inScheme HasValueConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE WHERE { topic:ict skos:inScheme ?value }

# expects: Topic-inScheme HasValueConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

DELETE DATA { topic:ict skos:inScheme scheme:topic } ;
INSERT DATA { topic:ict skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

# expects: Strategy PatternConstraintComponent
# A key that is not well-formed: Society5.0.

PREFIX strategy: <id/strategy/>

DELETE { strategy:society5-promotion-plan ?p ?o }
INSERT { <id/strategy/Society5.0> ?p ?o }
WHERE { strategy:society5-promotion-plan ?p ?o } ;
DELETE { ?s ?p strategy:society5-promotion-plan }
INSERT { ?s ?p <id/strategy/Society5.0> }
WHERE { ?s ?p strategy:society5-promotion-plan }

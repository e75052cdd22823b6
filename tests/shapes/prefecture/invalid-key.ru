# expects: Prefecture PatternConstraintComponent
# A key that is not well-formed: hokkaido.

PREFIX prefecture: <id/prefecture/>

DELETE { prefecture:01 ?p ?o }
INSERT { <id/prefecture/hokkaido> ?p ?o }
WHERE { prefecture:01 ?p ?o } ;
DELETE { ?s ?p prefecture:01 }
INSERT { ?s ?p <id/prefecture/hokkaido> }
WHERE { ?s ?p prefecture:01 }

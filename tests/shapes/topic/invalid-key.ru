# expects: Topic PatternConstraintComponent
# A key that is not well-formed: i.c.t.

PREFIX topic: <id/topic/>

DELETE { topic:ict ?p ?o }
INSERT { <id/topic/i.c.t> ?p ?o }
WHERE { topic:ict ?p ?o } ;
DELETE { ?s ?p topic:ict }
INSERT { ?s ?p <id/topic/i.c.t> }
WHERE { ?s ?p topic:ict }

# expects: Stage PatternConstraintComponent
# A key that is not well-formed: UnderWay.

PREFIX stage: <id/stage/>

DELETE { stage:under-way ?p ?o }
INSERT { <id/stage/UnderWay> ?p ?o }
WHERE { stage:under-way ?p ?o } ;
DELETE { ?s ?p stage:under-way }
INSERT { ?s ?p <id/stage/UnderWay> }
WHERE { ?s ?p stage:under-way }

# expects: Perspective PatternConstraintComponent
# A key that is not well-formed: Quality.

PREFIX perspective: <id/perspective/>

DELETE { perspective:quality-of-life ?p ?o }
INSERT { <id/perspective/Quality> ?p ?o }
WHERE { perspective:quality-of-life ?p ?o } ;
DELETE { ?s ?p perspective:quality-of-life }
INSERT { ?s ?p <id/perspective/Quality> }
WHERE { ?s ?p perspective:quality-of-life }

# expects: SourcePassage PatternConstraintComponent
# A key that is not well-formed: direction_21.

PREFIX passage: <id/passage/>

DELETE { passage:direction-21 ?p ?o }
INSERT { <id/passage/direction_21> ?p ?o }
WHERE { passage:direction-21 ?p ?o } ;
DELETE { ?s ?p passage:direction-21 }
INSERT { ?s ?p <id/passage/direction_21> }
WHERE { ?s ?p passage:direction-21 }

# expects: PriorityProject PatternConstraintComponent
# A key that is not well-formed: society5.0.

PREFIX project: <id/project/>

DELETE { project:hokkaido-society5 ?p ?o }
INSERT { <id/project/society5.0> ?p ?o }
WHERE { project:hokkaido-society5 ?p ?o } ;
DELETE { ?s ?p project:hokkaido-society5 }
INSERT { ?s ?p <id/project/society5.0> }
WHERE { ?s ?p project:hokkaido-society5 }

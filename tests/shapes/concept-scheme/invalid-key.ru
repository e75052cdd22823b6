# expects: ConceptScheme PatternConstraintComponent
# A key that is not well-formed: Topic.

PREFIX scheme: <id/scheme/>

DELETE { scheme:topic ?p ?o }
INSERT { <id/scheme/Topic> ?p ?o }
WHERE { scheme:topic ?p ?o } ;
DELETE { ?s ?p scheme:topic }
INSERT { ?s ?p <id/scheme/Topic> }
WHERE { ?s ?p scheme:topic }

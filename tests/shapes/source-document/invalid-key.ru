# expects: SourceDocument PatternConstraintComponent
# expects: SourceDocument-passageKeys SPARQLConstraintComponent
# A key that is not well-formed: direction.2021.

PREFIX document: <id/document/>

DELETE { document:direction ?p ?o }
INSERT { <id/document/direction.2021> ?p ?o }
WHERE { document:direction ?p ?o } ;
DELETE { ?s ?p document:direction }
INSERT { ?s ?p <id/document/direction.2021> }
WHERE { ?s ?p document:direction }

# expects: Municipality PatternConstraintComponent
# A key that is not well-formed: sapporo.

PREFIX municipality: <id/municipality/>

DELETE { municipality:011002 ?p ?o }
INSERT { <id/municipality/sapporo> ?p ?o }
WHERE { municipality:011002 ?p ?o } ;
DELETE { ?s ?p municipality:011002 }
INSERT { ?s ?p <id/municipality/sapporo> }
WHERE { ?s ?p municipality:011002 }

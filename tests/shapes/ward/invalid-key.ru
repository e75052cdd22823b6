# expects: Ward PatternConstraintComponent
# A key that is not well-formed: chuo.

PREFIX ward: <id/ward/>

DELETE { ward:011011 ?p ?o }
INSERT { <id/ward/chuo> ?p ?o }
WHERE { ward:011011 ?p ?o } ;
DELETE { ?s ?p ward:011011 }
INSERT { ?s ?p <id/ward/chuo> }
WHERE { ?s ?p ward:011011 }

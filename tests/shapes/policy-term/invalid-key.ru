# expects: PolicyTerm PatternConstraintComponent
# A key that is not well-formed: i.c.t.

PREFIX policy-term: <id/policy-term/>

DELETE { policy-term:related-population ?p ?o }
INSERT { <id/policy-term/i.c.t> ?p ?o }
WHERE { policy-term:related-population ?p ?o } ;
DELETE { ?s ?p policy-term:related-population }
INSERT { ?s ?p <id/policy-term/i.c.t> }
WHERE { ?s ?p policy-term:related-population }

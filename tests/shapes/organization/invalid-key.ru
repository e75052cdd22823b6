# expects: Organization PatternConstraintComponent
# A key that is not well-formed: Sorachi_Bureau.

PREFIX organization: <id/organization/>

DELETE { organization:sorachi-bureau ?p ?o }
INSERT { <id/organization/Sorachi_Bureau> ?p ?o }
WHERE { organization:sorachi-bureau ?p ?o } ;
DELETE { ?s ?p organization:sorachi-bureau }
INSERT { ?s ?p <id/organization/Sorachi_Bureau> }
WHERE { ?s ?p organization:sorachi-bureau }

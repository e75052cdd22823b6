# expects: Beneficiary PatternConstraintComponent
# A key that is not well-formed: older_people.

PREFIX beneficiary: <id/beneficiary/>

DELETE { beneficiary:residents ?p ?o }
INSERT { <id/beneficiary/older_people> ?p ?o }
WHERE { beneficiary:residents ?p ?o } ;
DELETE { ?s ?p beneficiary:residents }
INSERT { ?s ?p <id/beneficiary/older_people> }
WHERE { ?s ?p beneficiary:residents }

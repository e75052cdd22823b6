# expects: Initiative PatternConstraintComponent
# A key that is not well-formed: Tele.Medicine.

PREFIX initiative: <id/initiative/>

DELETE { initiative:telemedicine ?p ?o }
INSERT { <id/initiative/Tele.Medicine> ?p ?o }
WHERE { initiative:telemedicine ?p ?o } ;
DELETE { ?s ?p initiative:telemedicine }
INSERT { ?s ?p <id/initiative/Tele.Medicine> }
WHERE { ?s ?p initiative:telemedicine }

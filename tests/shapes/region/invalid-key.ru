# expects: Region PatternConstraintComponent
# A key that is not well-formed: Sorachi.

PREFIX region: <id/region/>

DELETE { region:sorachi ?p ?o }
INSERT { <id/region/Sorachi> ?p ?o }
WHERE { region:sorachi ?p ?o } ;
DELETE { ?s ?p region:sorachi }
INSERT { ?s ?p <id/region/Sorachi> }
WHERE { ?s ?p region:sorachi }

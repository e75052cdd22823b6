# expects: NorthernTerritoriesVillage PatternConstraintComponent
# A key that is not well-formed: shikotan.

PREFIX village: <id/village/>

DELETE { village:016951 ?p ?o }
INSERT { <id/village/shikotan> ?p ?o }
WHERE { village:016951 ?p ?o } ;
DELETE { ?s ?p village:016951 }
INSERT { ?s ?p <id/village/shikotan> }
WHERE { ?s ?p village:016951 }

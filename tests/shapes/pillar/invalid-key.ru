# expects: Pillar PatternConstraintComponent
# A key that is not well-formed: data_use.

PREFIX pillar: <id/pillar/>

DELETE { pillar:living ?p ?o }
INSERT { <id/pillar/data_use> ?p ?o }
WHERE { pillar:living ?p ?o } ;
DELETE { ?s ?p pillar:living }
INSERT { ?s ?p <id/pillar/data_use> }
WHERE { ?s ?p pillar:living }

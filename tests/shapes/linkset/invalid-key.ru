# expects: Linkset PatternConstraintComponent
# A key that is not well-formed: Wikidata.

PREFIX linkset: <id/linkset/>

DELETE { linkset:wikidata-confirmed ?p ?o }
INSERT { <id/linkset/Wikidata> ?p ?o }
WHERE { linkset:wikidata-confirmed ?p ?o } ;
DELETE { ?s ?p linkset:wikidata-confirmed }
INSERT { ?s ?p <id/linkset/Wikidata> }
WHERE { ?s ?p linkset:wikidata-confirmed }

# expects: Geometry PatternConstraintComponent
# A key that is not well-formed: Sorachi.

PREFIX geometry: <id/geometry/>

DELETE { geometry:region-sorachi ?p ?o }
INSERT { <id/geometry/Sorachi> ?p ?o }
WHERE { geometry:region-sorachi ?p ?o } ;
DELETE { ?s ?p geometry:region-sorachi }
INSERT { ?s ?p <id/geometry/Sorachi> }
WHERE { ?s ?p geometry:region-sorachi }

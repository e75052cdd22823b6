# expects: FiscalYear PatternConstraintComponent
# expects: FiscalYear-span SPARQLConstraintComponent
# A key that is not well-formed: r2.

PREFIX fiscal-year: <id/fiscal-year/>

DELETE { fiscal-year:2020 ?p ?o }
INSERT { <id/fiscal-year/r2> ?p ?o }
WHERE { fiscal-year:2020 ?p ?o } ;
DELETE { ?s ?p fiscal-year:2020 }
INSERT { ?s ?p <id/fiscal-year/r2> }
WHERE { ?s ?p fiscal-year:2020 }

# expects: Stage-inScheme HasValueConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stage: <id/stage/>

DELETE DATA { stage:under-way skos:inScheme scheme:stage } ;
INSERT DATA { stage:under-way skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

# expects: Perspective-inScheme HasValueConstraintComponent

PREFIX perspective: <id/perspective/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { perspective:quality-of-life skos:inScheme scheme:perspective } ;
INSERT DATA { perspective:quality-of-life skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

# expects: Prefecture-inScheme HasValueConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { prefecture:01 skos:inScheme scheme:prefecture } ;
INSERT DATA { prefecture:01 skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

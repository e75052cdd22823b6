# expects: Ward-inScheme HasValueConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ward: <id/ward/>

DELETE DATA { ward:011011 skos:inScheme scheme:ward } ;
INSERT DATA { ward:011011 skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

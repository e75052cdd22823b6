# expects: Municipality-inScheme HasValueConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { municipality:011002 skos:inScheme scheme:municipality } ;
INSERT DATA { municipality:011002 skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

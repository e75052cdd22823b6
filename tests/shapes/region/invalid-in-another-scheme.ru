# expects: Region-inScheme HasValueConstraintComponent

PREFIX region: <id/region/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { region:sorachi skos:inScheme scheme:region } ;
INSERT DATA { region:sorachi skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

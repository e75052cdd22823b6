# expects: NorthernTerritoriesVillage-inScheme HasValueConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX village: <id/village/>

DELETE DATA { village:016951 skos:inScheme scheme:village } ;
INSERT DATA { village:016951 skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

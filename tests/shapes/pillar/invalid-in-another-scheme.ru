# expects: Pillar-inScheme HasValueConstraintComponent

PREFIX pillar: <id/pillar/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { pillar:living skos:inScheme scheme:pillar } ;
INSERT DATA { pillar:living skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }

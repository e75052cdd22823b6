# expects: NamedInitiative-distinct SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { initiative:snow skos:prefLabel "Snow robots"@en } ;
INSERT DATA { initiative:snow skos:prefLabel "Smart  farming"@en }

# expects: NamedInitiative-verbatim SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { initiative:school skos:prefLabel "遠隔授業の充実"@ja } ;
INSERT DATA { initiative:school skos:prefLabel "遠隔授業の拡充"@ja }

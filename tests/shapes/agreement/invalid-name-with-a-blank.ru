# expects: NamedInitiative-verbatim SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { initiative:snow skos:prefLabel "除雪ロボットの導入"@ja } ;
INSERT DATA { initiative:snow skos:prefLabel "除雪 ロボットの導入"@ja }

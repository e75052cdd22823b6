# expects: NamedInitiative-verbatim SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { initiative:farm skos:prefLabel "スマート農業"@ja } ;
INSERT DATA { initiative:farm skos:prefLabel "ｽﾏｰﾄ農業"@ja }

# expects: NamedInitiative-verbatim SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { initiative:people skos:prefLabel "若者の定着と新しい人の流れの創出"@ja } ;
INSERT DATA { initiative:people skos:prefLabel "若者の定着と新しい人の流れ"@ja }

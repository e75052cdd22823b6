# expects: NamedInitiative-verbatim SPARQLConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { initiative:care skos:prefLabel "「見守り」の推進"@ja } ;
INSERT DATA { initiative:care skos:prefLabel "｢見守り｣の推進"@ja }

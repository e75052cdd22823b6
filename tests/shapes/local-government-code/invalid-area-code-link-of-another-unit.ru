# expects: LocalGovernmentCodes-areaCodeLink SPARQLConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { municipality:011002 skos:exactMatch <http://data.e-stat.go.jp/lod/sac/C01202> }

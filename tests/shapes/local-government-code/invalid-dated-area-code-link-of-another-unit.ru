# expects: LocalGovernmentCodes-areaCodeLink SPARQLConstraintComponent

PREFIX region: <id/region/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { region:sorachi skos:narrowMatch <http://data.e-stat.go.jp/lod/sac/C01300-20100401> }

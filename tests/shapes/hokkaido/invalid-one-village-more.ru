# expects: HokkaidoVillages-count MaxCountConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX village: <id/village/>

INSERT DATA { village:another skos:inScheme scheme:village }

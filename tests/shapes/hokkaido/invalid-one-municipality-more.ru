# expects: HokkaidoMunicipalities-count MaxCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { municipality:another skos:inScheme scheme:municipality }

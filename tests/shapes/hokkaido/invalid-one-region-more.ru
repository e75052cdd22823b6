# expects: HokkaidoRegions-count MaxCountConstraintComponent

PREFIX region: <id/region/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { region:another skos:inScheme scheme:region }

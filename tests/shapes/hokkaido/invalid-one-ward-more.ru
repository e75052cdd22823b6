# expects: HokkaidoWards-count MaxCountConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ward: <id/ward/>

INSERT DATA { ward:another skos:inScheme scheme:ward }

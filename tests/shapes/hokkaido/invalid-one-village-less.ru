# expects: HokkaidoVillages-count MinCountConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX village: <id/village/>

DELETE DATA { village:016951 skos:inScheme scheme:village }

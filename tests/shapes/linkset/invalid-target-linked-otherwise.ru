# expects: Linkset-links SPARQLConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { municipality:011002 skos:exactMatch <http://www.wikidata.org/entity/Q37951> } ;
INSERT DATA { municipality:011002 skos:closeMatch <http://www.wikidata.org/entity/Q37951> }

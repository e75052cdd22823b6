# expects: AdministrativeUnitAdvice-sameAs MaxCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT DATA { municipality:011002 owl:sameAs <http://www.wikidata.org/entity/Q37951> }

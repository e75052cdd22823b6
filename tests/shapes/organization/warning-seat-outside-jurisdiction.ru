# expects: OrganizationAdvice-seatOutside SPARQLConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>
PREFIX region: <id/region/>

DELETE DATA { municipality:012106 geo:sfWithin region:sorachi }

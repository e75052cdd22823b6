# expects: AdministrativeUnit-type HasValueConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>

DELETE DATA { municipality:011002 a geo:Feature }

# expects: AdministrativeUnit-long DatatypeConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { municipality:011002 wgs:long ?old }
INSERT { municipality:011002 wgs:long "43.1"^^xsd:double }
WHERE { municipality:011002 wgs:long ?old }

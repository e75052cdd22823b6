# expects: AdministrativeUnit-hasDefaultGeometry ClassConstraintComponent
# The value is no geo:Geometry.

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>

DELETE { municipality:011002 geo:hasDefaultGeometry ?old }
INSERT { municipality:011002 geo:hasDefaultGeometry <id/none/unknown> }
WHERE { municipality:011002 geo:hasDefaultGeometry ?old }

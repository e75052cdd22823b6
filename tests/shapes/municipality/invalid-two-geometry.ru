# expects: AdministrativeUnit-hasDefaultGeometry MaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX municipality: <id/municipality/>

INSERT DATA {
    municipality:011002 geo:hasDefaultGeometry <id/none/second> .
    <id/none/second> a geo:Geometry .
}

# expects: Geometry-asWKT MaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX geometry: <id/geometry/>

INSERT DATA {
    geometry:region-sorachi geo:asWKT "POINT (142.0 43.4)"^^geo:wktLiteral .
}

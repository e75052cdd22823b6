# expects: Geometry-asWKT PatternConstraintComponent
# A line encloses nothing.

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX geometry: <id/geometry/>

DELETE { geometry:region-sorachi geo:asWKT ?old }
INSERT { geometry:region-sorachi geo:asWKT "LINESTRING (142.0 43.4,142.1 43.5)"^^geo:wktLiteral }
WHERE { geometry:region-sorachi geo:asWKT ?old }

# expects: Geometry-asWKT DatatypeConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX geometry: <id/geometry/>

DELETE { geometry:region-sorachi geo:asWKT ?old }
INSERT { geometry:region-sorachi geo:asWKT "POINT (142.0 43.4)" }
WHERE { geometry:region-sorachi geo:asWKT ?old }

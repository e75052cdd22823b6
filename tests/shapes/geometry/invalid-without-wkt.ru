# expects: Geometry-asWKT MinCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX geometry: <id/geometry/>

DELETE WHERE { geometry:region-sorachi geo:asWKT ?value }

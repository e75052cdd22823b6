# expects: Strategy-date DatatypeConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

DELETE { strategy:society5-promotion-plan dcterms:date ?old }
INSERT { strategy:society5-promotion-plan dcterms:date "R3.3月" }
WHERE { strategy:society5-promotion-plan dcterms:date ?old }

# expects: Strategy-source MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX strategy: <id/strategy/>

DELETE WHERE { strategy:society5-promotion-plan dcterms:source ?value }

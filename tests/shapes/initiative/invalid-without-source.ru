# expects: Initiative-source MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

DELETE WHERE { initiative:telemedicine dcterms:source ?value }

# expects: Initiative-description-en QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

DELETE { initiative:telemedicine dcterms:description ?text }
WHERE { initiative:telemedicine dcterms:description ?text FILTER(LANG(?text) = "en") }

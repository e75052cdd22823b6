# expects: Initiative-prefLabel-en QualifiedMinCountConstraintComponent

PREFIX initiative: <id/initiative/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { initiative:telemedicine skos:prefLabel ?text }
WHERE { initiative:telemedicine skos:prefLabel ?text FILTER(LANG(?text) = "en") }

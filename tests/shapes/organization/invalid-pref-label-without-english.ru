# expects: Organization-prefLabel-en QualifiedMinCountConstraintComponent

PREFIX organization: <id/organization/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { organization:sorachi-bureau skos:prefLabel ?text }
WHERE { organization:sorachi-bureau skos:prefLabel ?text FILTER(LANG(?text) = "en") }

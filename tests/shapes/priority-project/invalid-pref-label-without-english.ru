# expects: PriorityProject-prefLabel-en QualifiedMinCountConstraintComponent

PREFIX project: <id/project/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { project:hokkaido-society5 skos:prefLabel ?text }
WHERE { project:hokkaido-society5 skos:prefLabel ?text FILTER(LANG(?text) = "en") }

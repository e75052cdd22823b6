# expects: PriorityProject-description-ja QualifiedMinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

DELETE { project:hokkaido-society5 dcterms:description ?text }
WHERE { project:hokkaido-society5 dcterms:description ?text FILTER(LANG(?text) = "ja") }

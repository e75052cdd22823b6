# expects: PriorityProject-isPartOf MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

DELETE WHERE { project:hokkaido-society5 dcterms:isPartOf ?value }

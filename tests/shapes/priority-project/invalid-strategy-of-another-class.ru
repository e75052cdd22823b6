# expects: PriorityProject-isPartOf ClassConstraintComponent
# The value is no s5:Strategy.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX project: <id/project/>

DELETE { project:hokkaido-society5 dcterms:isPartOf ?old }
INSERT { project:hokkaido-society5 dcterms:isPartOf <id/none/unknown> }
WHERE { project:hokkaido-society5 dcterms:isPartOf ?old }

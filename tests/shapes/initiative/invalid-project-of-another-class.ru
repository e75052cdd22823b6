# expects: Initiative-isPartOf ClassConstraintComponent
# The value is no s5:PriorityProject.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

DELETE { initiative:telemedicine dcterms:isPartOf ?old }
INSERT { initiative:telemedicine dcterms:isPartOf <id/none/unknown> }
WHERE { initiative:telemedicine dcterms:isPartOf ?old }

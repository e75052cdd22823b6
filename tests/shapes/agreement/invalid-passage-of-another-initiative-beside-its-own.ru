# expects: ActivityOfInitiative-passage SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX passage: <id/passage/>

INSERT DATA { activity:training dcterms:source passage:plan-4 }

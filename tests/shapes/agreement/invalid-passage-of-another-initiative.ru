# expects: ActivityOfInitiative-passage SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX passage: <id/passage/>

DELETE DATA { activity:trial dcterms:source passage:plan-4 } ;
INSERT DATA { activity:trial dcterms:source passage:plan-2 }

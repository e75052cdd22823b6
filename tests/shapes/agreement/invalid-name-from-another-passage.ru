# expects: NamedInitiative-verbatim SPARQLConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>
PREFIX passage: <id/passage/>

DELETE DATA { initiative:farm dcterms:source passage:plan-6 } ;
INSERT DATA { initiative:farm dcterms:source passage:plan-5 }

# expects: SourceDocument-passageKeys SPARQLConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE DATA { passage:direction-10 s5:firstLine 10 } ;
INSERT DATA { passage:direction-10 s5:firstLine 11 }

# expects: SourcePassage-firstLine MinInclusiveConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-21 s5:firstLine ?old }
INSERT { passage:direction-21 s5:firstLine 0 }
WHERE { passage:direction-21 s5:firstLine ?old }

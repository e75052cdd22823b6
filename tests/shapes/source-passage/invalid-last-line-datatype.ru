# expects: SourcePassage-lastLine DatatypeConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-21 s5:lastLine ?old }
INSERT { passage:direction-21 s5:lastLine 22.0 }
WHERE { passage:direction-21 s5:lastLine ?old }

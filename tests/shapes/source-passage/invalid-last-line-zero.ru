# expects: SourcePassage-lastLine MinInclusiveConstraintComponent
# expects: SourcePassage-firstLine LessThanOrEqualsConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-21 s5:lastLine ?old }
INSERT { passage:direction-21 s5:lastLine 0 }
WHERE { passage:direction-21 s5:lastLine ?old }

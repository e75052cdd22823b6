# expects: SourcePassage-firstLine LessThanOrEqualsConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-21 s5:firstLine ?old }
INSERT { passage:direction-21 s5:firstLine 23 }
WHERE { passage:direction-21 s5:firstLine ?old }

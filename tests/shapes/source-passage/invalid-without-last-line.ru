# expects: SourcePassage-lastLine MinCountConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE WHERE { passage:direction-21 s5:lastLine ?value }

# expects: SourcePassage-section ClassConstraintComponent
# The value is no s5:SourcePassage.

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-21 s5:section ?old }
INSERT { passage:direction-21 s5:section <id/none/unknown> }
WHERE { passage:direction-21 s5:section ?old }

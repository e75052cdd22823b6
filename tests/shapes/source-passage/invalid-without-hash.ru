# expects: SourcePassage-sha256 MinCountConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE WHERE { passage:direction-21 s5:sha256 ?value }

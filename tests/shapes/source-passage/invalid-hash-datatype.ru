# expects: SourcePassage-sha256 DatatypeConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-21 s5:sha256 ?old }
INSERT { passage:direction-21 s5:sha256 "0000000000000000000000000000000000000000000000000000000000000000" }
WHERE { passage:direction-21 s5:sha256 ?old }

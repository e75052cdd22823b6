# expects: SourceDocument-sections SPARQLConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

DELETE { passage:direction-10 s5:section ?old }
INSERT { passage:direction-10 s5:section passage:direction-10 }
WHERE { passage:direction-10 s5:section ?old }

# expects: SourcePassage-sha256 PatternConstraintComponent
# Too short.

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { passage:direction-21 s5:sha256 ?old }
INSERT { passage:direction-21 s5:sha256 "4a50115d"^^xsd:hexBinary }
WHERE { passage:direction-21 s5:sha256 ?old }

# expects: SourcePassage-sha256 MaxCountConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    passage:direction-21 s5:sha256 "0000000000000000000000000000000000000000000000000000000000000000"^^xsd:hexBinary .
}

# expects: SourcePassage-lastLine MaxCountConstraintComponent

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

INSERT DATA {
    passage:direction-21 s5:lastLine 30 .
}

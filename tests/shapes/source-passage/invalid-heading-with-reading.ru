# expects: SourcePassage-heading MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

INSERT DATA {
    passage:direction-21 s5:heading "ヨミ"@ja-hrkt .
}

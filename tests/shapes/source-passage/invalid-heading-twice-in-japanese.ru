# expects: SourcePassage-heading UniqueLangConstraintComponent
# expects: SourcePassage-heading MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

INSERT DATA {
    passage:direction-21 s5:heading "もう一つ"@ja .
}

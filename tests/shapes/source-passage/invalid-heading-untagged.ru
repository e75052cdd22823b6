# expects: SourcePassage-heading DatatypeConstraintComponent
# expects: SourcePassage-heading LanguageInConstraintComponent
# expects: SourcePassage-heading MaxCountConstraintComponent
# A text without a language tag.

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

INSERT DATA {
    passage:direction-21 s5:heading "タグなし" .
}

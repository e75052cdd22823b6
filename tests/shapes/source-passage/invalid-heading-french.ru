# expects: SourcePassage-heading LanguageInConstraintComponent
# expects: SourcePassage-heading MaxCountConstraintComponent
# A text in a third language.

PREFIX passage: <id/passage/>
PREFIX s5: <ontology#>

INSERT DATA {
    passage:direction-21 s5:heading "texte"@fr .
}

# expects: Initiative-stageReason LanguageInConstraintComponent
# expects: Initiative-stageReason MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:stageReason "texte"@fr .
}

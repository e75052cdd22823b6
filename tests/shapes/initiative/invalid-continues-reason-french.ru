# expects: Initiative-continuesReason LanguageInConstraintComponent
# expects: Initiative-continuesReason MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:continuesReason "texte"@fr .
}

# expects: Initiative-regionReason LanguageInConstraintComponent
# expects: Initiative-regionReason MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:regionReason "texte"@fr .
}

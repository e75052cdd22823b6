# expects: Initiative-perspectiveReason LanguageInConstraintComponent
# expects: Initiative-perspectiveReason MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:perspectiveReason "texte"@fr .
}

# expects: Initiative-pillarReason LanguageInConstraintComponent
# expects: Initiative-pillarReason MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:pillarReason "texte"@fr .
}

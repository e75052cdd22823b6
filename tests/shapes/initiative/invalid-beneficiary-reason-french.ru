# expects: Initiative-beneficiaryReason LanguageInConstraintComponent
# expects: Initiative-beneficiaryReason MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:beneficiaryReason "texte"@fr .
}

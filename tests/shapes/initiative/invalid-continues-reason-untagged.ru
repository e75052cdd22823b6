# expects: Initiative-continuesReason DatatypeConstraintComponent
# expects: Initiative-continuesReason LanguageInConstraintComponent
# expects: Initiative-continuesReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:continuesReason "タグなし" .
}

# expects: Initiative-beneficiaryReason DatatypeConstraintComponent
# expects: Initiative-beneficiaryReason LanguageInConstraintComponent
# expects: Initiative-beneficiaryReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:beneficiaryReason "タグなし" .
}

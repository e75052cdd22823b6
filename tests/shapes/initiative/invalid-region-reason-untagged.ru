# expects: Initiative-regionReason DatatypeConstraintComponent
# expects: Initiative-regionReason LanguageInConstraintComponent
# expects: Initiative-regionReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:regionReason "タグなし" .
}

# expects: Initiative-stageReason DatatypeConstraintComponent
# expects: Initiative-stageReason LanguageInConstraintComponent
# expects: Initiative-stageReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:stageReason "タグなし" .
}

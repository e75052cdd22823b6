# expects: Initiative-perspectiveReason DatatypeConstraintComponent
# expects: Initiative-perspectiveReason LanguageInConstraintComponent
# expects: Initiative-perspectiveReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:perspectiveReason "タグなし" .
}

# expects: Initiative-pillarReason DatatypeConstraintComponent
# expects: Initiative-pillarReason LanguageInConstraintComponent
# expects: Initiative-pillarReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:pillarReason "タグなし" .
}

# expects: Initiative-actorReason DatatypeConstraintComponent
# expects: Initiative-actorReason LanguageInConstraintComponent
# expects: Initiative-actorReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:actorReason "タグなし" .
}

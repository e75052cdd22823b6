# expects: Activity-beneficiaryReason DatatypeConstraintComponent
# expects: Activity-beneficiaryReason LanguageInConstraintComponent
# expects: Activity-beneficiaryReason MaxCountConstraintComponent
# A text without a language tag.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:beneficiaryReason "タグなし" .
}

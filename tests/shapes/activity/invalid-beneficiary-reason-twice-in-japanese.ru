# expects: Activity-beneficiaryReason UniqueLangConstraintComponent
# expects: Activity-beneficiaryReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:beneficiaryReason "もう一つ"@ja .
}

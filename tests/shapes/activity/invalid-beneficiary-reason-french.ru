# expects: Activity-beneficiaryReason LanguageInConstraintComponent
# expects: Activity-beneficiaryReason MaxCountConstraintComponent
# A text in a third language.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:beneficiaryReason "texte"@fr .
}

# expects: Activity-purpose DatatypeConstraintComponent
# expects: Activity-purpose LanguageInConstraintComponent
# A text without a language tag.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:purpose "タグなし" .
}

# expects: Activity-partner DatatypeConstraintComponent
# expects: Activity-partner LanguageInConstraintComponent
# A text without a language tag.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:partner "タグなし" .
}

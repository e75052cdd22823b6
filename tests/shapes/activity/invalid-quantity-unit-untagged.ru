# expects: Activity-quantityUnit DatatypeConstraintComponent
# expects: Activity-quantityUnit LanguageInConstraintComponent
# expects: Activity-quantityUnit MaxCountConstraintComponent
# A text without a language tag.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:quantityUnit "タグなし" .
}

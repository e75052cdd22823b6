# expects: Activity-quantityUnit UniqueLangConstraintComponent
# expects: Activity-quantityUnit MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:quantityUnit "もう一つ"@ja .
}

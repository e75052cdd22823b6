# expects: Activity-quantityUnit MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:quantityUnit "ヨミ"@ja-hrkt .
}

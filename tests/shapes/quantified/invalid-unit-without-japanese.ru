# expects: Quantified-quantityUnit-ja QualifiedMinCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE { activity:expert-panel-2020 s5:quantityUnit ?text }
WHERE { activity:expert-panel-2020 s5:quantityUnit ?text FILTER(LANG(?text) = "ja") }

# expects: Quantified-originalNotation MinCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE WHERE { activity:expert-panel-2020 s5:originalNotation ?value }

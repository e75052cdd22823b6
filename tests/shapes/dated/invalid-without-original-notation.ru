# expects: Dated-originalNotation MinCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE WHERE { activity:survey-2020 s5:originalNotation ?value }

# expects: Quantified-notation SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE DATA { activity:expert-panel-2020 s5:originalNotation "R2年度：５回" } ;
INSERT DATA { activity:expert-panel-2020 s5:originalNotation "R2年度：６回" }

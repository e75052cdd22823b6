# expects: Notated-fiscalYear SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE DATA { activity:panel-2020 s5:originalNotation "R2年度：５回" } ;
INSERT DATA { activity:panel-2020 s5:originalNotation "R3年度：５回" }

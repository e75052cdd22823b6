# expects: Dated-notation SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE DATA { activity:survey-2020 s5:originalNotation "R2.8" } ;
INSERT DATA { activity:survey-2020 s5:originalNotation "H30.8" }

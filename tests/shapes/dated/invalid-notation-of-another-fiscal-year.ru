# expects: Dated-notation SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>
PREFIX fiscal-year: <id/fiscal-year/>

DELETE DATA { activity:survey-2020 s5:fiscalYear fiscal-year:2020 . activity:survey-2020 s5:originalNotation "R2.8" } ;
INSERT DATA { activity:survey-2020 s5:originalNotation "R3年度" }

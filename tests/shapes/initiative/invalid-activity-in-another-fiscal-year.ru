# expects: Initiative-fiscalYearOfActivities SPARQLConstraintComponent

PREFIX activity: <id/activity/>
PREFIX fiscal-year: <id/fiscal-year/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:connect-hospitals s5:fiscalYear fiscal-year:2020 .
}

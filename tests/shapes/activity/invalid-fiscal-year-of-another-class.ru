# expects: Activity-fiscalYear ClassConstraintComponent
# The value is no s5:FiscalYear.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

DELETE { activity:expert-panel-2020 s5:fiscalYear ?old }
INSERT { activity:expert-panel-2020 s5:fiscalYear <id/none/unknown> }
WHERE { activity:expert-panel-2020 s5:fiscalYear ?old }

# expects: Activity-temporal ClassConstraintComponent
# The value is no s5:FiscalYear.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:temporal <id/none/unknown> .
}

# expects: Activity-subject ClassConstraintComponent
# The value is no s5:Topic.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:subject <id/none/unknown> .
}

# expects: Activity-spatial ClassConstraintComponent
# The value is no place.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:spatial <id/none/unknown> .
}

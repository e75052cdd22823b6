# expects: Activity-source ClassConstraintComponent
# The value is no s5:SourcePassage.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:source <id/none/unknown> .
}

# expects: Activity-generated ClassConstraintComponent
# The value is no s5:Strategy.

PREFIX activity: <id/activity/>
PREFIX prov: <http://www.w3.org/ns/prov#>

INSERT DATA {
    activity:expert-panel-2020 prov:generated <id/none/unknown> .
}

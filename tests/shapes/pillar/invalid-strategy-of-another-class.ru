# expects: Pillar-pillarOf ClassConstraintComponent
# The value is no s5:Strategy.

PREFIX pillar: <id/pillar/>
PREFIX s5: <ontology#>

INSERT DATA {
    pillar:living s5:pillarOf <id/none/unknown> .
}

# expects: Strategy-hasPillar ClassConstraintComponent
# The value is no s5:Pillar.

PREFIX s5: <ontology#>
PREFIX strategy: <id/strategy/>

INSERT DATA {
    strategy:society5-promotion-plan s5:hasPillar <id/none/unknown> .
}

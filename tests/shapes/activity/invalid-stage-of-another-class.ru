# expects: Activity-stage ClassConstraintComponent
# What the initiative gives as its stage is no s5:Stage.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:society-5-0-realisation s5:stage <id/none/unknown> .
}

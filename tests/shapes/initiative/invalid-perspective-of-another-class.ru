# expects: Initiative-perspective ClassConstraintComponent
# The value is no s5:Perspective.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:perspective <id/none/unknown> .
}

# expects: Initiative-stage ClassConstraintComponent
# The value is no s5:Stage.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

DELETE { initiative:telemedicine s5:stage ?old }
INSERT { initiative:telemedicine s5:stage <id/none/unknown> }
WHERE { initiative:telemedicine s5:stage ?old }

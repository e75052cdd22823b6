# expects: PriorityProject-policyTerm ClassConstraintComponent
# The value is no s5:PolicyTerm.

PREFIX project: <id/project/>
PREFIX s5: <ontology#>

INSERT DATA {
    project:hokkaido-society5 s5:policyTerm <id/none/unknown> .
}

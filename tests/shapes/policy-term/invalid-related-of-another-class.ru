# expects: Concept-related ClassConstraintComponent
# The value is no skos:Concept.

PREFIX policy-term: <id/policy-term/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    policy-term:related-population skos:related <id/none/unknown> .
}

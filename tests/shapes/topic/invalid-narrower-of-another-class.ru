# expects: Concept-narrower ClassConstraintComponent
# The value is no skos:Concept.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:narrower <id/none/unknown> .
}

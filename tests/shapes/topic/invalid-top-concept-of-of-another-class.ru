# expects: Concept-topConceptOf ClassConstraintComponent
# The value is no skos:ConceptScheme.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:topConceptOf <id/none/unknown> .
}

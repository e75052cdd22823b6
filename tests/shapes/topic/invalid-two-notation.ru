# expects: Concept-notation MaxCountConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:notation "technology-1" .
}

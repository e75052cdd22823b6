# expects: Concept-inScheme MaxCountConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:ict skos:inScheme scheme:none .
    scheme:none a skos:ConceptScheme .
}

# expects: ConceptScheme-broaderWithin SPARQLConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:technology skos:broader topic:ict .
}

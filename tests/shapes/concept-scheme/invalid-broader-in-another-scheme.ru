# expects: ConceptScheme-broaderWithin SPARQLConstraintComponent

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stage: <id/stage/>
PREFIX topic: <id/topic/>

INSERT DATA {
    topic:technology skos:broader stage:under-way .
}

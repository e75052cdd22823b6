# expects: ConceptScheme NodeKindConstraintComponent
# expects: ConceptScheme PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX scheme: <id/scheme/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    scheme:topic ?p ?o
}

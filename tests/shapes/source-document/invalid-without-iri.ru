# expects: SourceDocument NodeKindConstraintComponent
# expects: SourceDocument PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX document: <id/document/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    document:direction ?p ?o
}

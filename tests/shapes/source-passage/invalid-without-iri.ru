# expects: SourcePassage NodeKindConstraintComponent
# expects: SourcePassage PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX passage: <id/passage/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    passage:direction-21 ?p ?o
}

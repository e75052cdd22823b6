# expects: Ward NodeKindConstraintComponent
# expects: Ward PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX ward: <id/ward/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    ward:011011 ?p ?o
}

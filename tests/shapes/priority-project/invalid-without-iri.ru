# expects: PriorityProject NodeKindConstraintComponent
# expects: PriorityProject PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX project: <id/project/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    project:hokkaido-society5 ?p ?o
}

# expects: Activity NodeKindConstraintComponent
# expects: Activity PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX activity: <id/activity/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    activity:expert-panel-2020 ?p ?o
}

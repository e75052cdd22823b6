# expects: FiscalYear NodeKindConstraintComponent
# expects: FiscalYear PatternConstraintComponent
# expects: FiscalYear-span SPARQLConstraintComponent
# A thing without an IRI (a blank node).

PREFIX fiscal-year: <id/fiscal-year/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    fiscal-year:2020 ?p ?o
}

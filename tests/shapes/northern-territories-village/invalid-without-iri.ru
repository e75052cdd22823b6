# expects: NorthernTerritoriesVillage NodeKindConstraintComponent
# expects: NorthernTerritoriesVillage PatternConstraintComponent
# A thing without an IRI (a blank node).

PREFIX village: <id/village/>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    village:016951 ?p ?o
}

# expects: LinkTarget NodeKindConstraintComponent
# A thing without an IRI (a blank node).

PREFIX void: <http://rdfs.org/ns/void#>

INSERT { ?unnamed ?p ?o }
WHERE {
    { SELECT (BNODE() AS ?unnamed) WHERE {} }
    <http://www.wikidata.org/entity/Q1> ?p ?o
}

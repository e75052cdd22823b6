# expects: Linkset-linkPredicate MaxCountConstraintComponent
# expects: Linkset-links SPARQLConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    linkset:wikidata-confirmed void:linkPredicate skos:closeMatch .
}

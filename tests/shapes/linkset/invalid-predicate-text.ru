# expects: Linkset-linkPredicate NodeKindConstraintComponent
# expects: Linkset-linkPredicate InConstraintComponent
# expects: Linkset-linkPredicate MaxCountConstraintComponent
# expects: Linkset-links SPARQLConstraintComponent
# A text where an IRI is wanted.

PREFIX linkset: <id/linkset/>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    linkset:wikidata-confirmed void:linkPredicate "skos:exactMatch" .
}

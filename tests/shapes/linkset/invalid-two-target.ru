# expects: Linkset-objectsTarget MaxCountConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    linkset:wikidata-confirmed void:objectsTarget <id/none/second> .
    <id/none/second> a void:Dataset .
}

# expects: Linkset-linkPredicate MinCountConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX void: <http://rdfs.org/ns/void#>

DELETE WHERE { linkset:wikidata-confirmed void:linkPredicate ?value }

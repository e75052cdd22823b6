# expects: Linkset-objectsTarget MinCountConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX void: <http://rdfs.org/ns/void#>

DELETE WHERE { linkset:wikidata-confirmed void:objectsTarget ?value }

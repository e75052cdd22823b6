# expects: Linkset-objectsTarget ClassConstraintComponent
# The value is no void:Dataset.

PREFIX linkset: <id/linkset/>
PREFIX void: <http://rdfs.org/ns/void#>

DELETE { linkset:wikidata-confirmed void:objectsTarget ?old }
INSERT { linkset:wikidata-confirmed void:objectsTarget <id/none/unknown> }
WHERE { linkset:wikidata-confirmed void:objectsTarget ?old }

# expects: Linkset-linkPredicate InConstraintComponent
# A claim of identity, which is more than we know.

PREFIX linkset: <id/linkset/>
PREFIX municipality: <id/municipality/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX void: <http://rdfs.org/ns/void#>

DELETE WHERE { linkset:wikidata-confirmed void:linkPredicate ?value } ;
INSERT DATA { linkset:wikidata-confirmed void:linkPredicate owl:sameAs . municipality:011002 owl:sameAs <http://www.wikidata.org/entity/Q37951> }

# expects: AdministrativeUnit-exactMatch PatternConstraintComponent
# The page about the item, not the item.

PREFIX linkset: <id/linkset/>
PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    municipality:011002 skos:exactMatch <https://www.wikidata.org/wiki/Q1> .
    <https://www.wikidata.org/wiki/Q1> void:inDataset linkset:links .
}

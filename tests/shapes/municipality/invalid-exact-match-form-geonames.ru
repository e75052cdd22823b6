# expects: AdministrativeUnit-exactMatch PatternConstraintComponent
# The final slash is missing.

PREFIX linkset: <id/linkset/>
PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>

INSERT DATA {
    municipality:011002 skos:exactMatch <https://sws.geonames.org/2130037> .
    <https://sws.geonames.org/2130037> void:inDataset linkset:links .
}
